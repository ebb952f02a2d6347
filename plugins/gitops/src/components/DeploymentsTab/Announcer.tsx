import { VisuallyHidden } from '@backstage/ui';
import { type Deployment } from '@callboard/backstage-plugin-gitops-common';
import { useEffect, useRef, useState } from 'react';
import { describeChanges } from '../../presentation/changes';

/** Says aloud what changed on the page, when the reader has a moment. */
export function Announcer(props: { deployments: readonly Deployment[] }) {
  const { deployments } = props;
  const before = useRef(deployments);
  const [words, setWords] = useState('');

  useEffect(() => {
    const changes = describeChanges(before.current, deployments);
    before.current = deployments;
    if (changes) {
      setWords(changes);
    }
  }, [deployments]);

  return (
    <VisuallyHidden role="status" aria-live="polite">
      {words}
    </VisuallyHidden>
  );
}
