import { type Deployment } from '@callboard/backstage-plugin-gitops-common';
import { type RefObject, useEffect } from 'react';
import { useDeploymentLink } from '../../hooks/useDeploymentLink';
import { deploymentKey } from '../../presentation/deploymentLink';

/** The deployments before and after the one that is shown; nothing at the ends. */
export interface Neighbours {
  readonly previous?: () => void;
  readonly next?: () => void;
}

/** Goes from one deployment to the next, by `[` and `]` too. */
export function useNeighbours(
  deployment: Deployment,
  deployments: readonly Deployment[],
  dialog: RefObject<HTMLElement>,
): Neighbours {
  const { show } = useDeploymentLink();
  const at = deployments.indexOf(deployment);
  const goTo = (target: Deployment | undefined) =>
    target &&
    (() =>
      show({ deployment: deploymentKey(target.application), pod: undefined }));
  const previous = goTo(deployments[at - 1]);
  const next = goTo(deployments[at + 1]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const go = { '[': previous, ']': next }[event.key];
      if (go && isMeantFor(dialog.current, event)) {
        event.preventDefault();
        go();
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [dialog, previous, next]);

  return { previous, next };
}

/** Not in a dialog on top, and not where somebody types. */
function isMeantFor(dialog: HTMLElement | null, event: KeyboardEvent): boolean {
  const target = event.target;
  return (
    target instanceof Element &&
    !event.metaKey &&
    target.closest('[role=dialog], [role=alertdialog]') === dialog &&
    !target.closest('input, textarea, select, [contenteditable]')
  );
}
