import { type Revision } from '@callboard/backstage-plugin-gitops-common';
import { shortRevision } from '../../../presentation/revision';
import { CopyButton } from '../../common/CopyButton';
import { ExternalLink } from '../../common/ExternalLink';
import styles from './RevisionName.module.css';

/** A revision, in short; all of it can be copied. */
export function RevisionName({ revision }: { revision: Revision }) {
  const short = shortRevision(revision);
  return (
    <span className={styles.revision} title={revision.value}>
      {revision.url ? (
        <ExternalLink href={revision.url} label={`Commit ${short}`} isPlain>
          {short}
        </ExternalLink>
      ) : (
        short
      )}
      <CopyButton text={revision.value} label={`revision ${short}`} />
    </span>
  );
}
