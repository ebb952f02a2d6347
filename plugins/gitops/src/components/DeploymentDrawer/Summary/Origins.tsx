import {
  type DeploymentName,
  type RevisionOrigin,
} from '@callboard/backstage-plugin-gitops-common';
import { useRevisionOrigins } from '../../../hooks/useDetails';
import { pullRequestOf, splitMessage } from '../../../presentation/origins';
import { repositoryName } from '../../../presentation/repository';
import { Age } from '../../common/Age';
import { ExternalLink } from '../../common/ExternalLink';
import { LongText } from '../../common/LongText';
import { Piece } from '../Piece';
import styles from './Origins.module.css';
import { RevisionName } from './RevisionName';

/** The commits that a deployment comes from. */
export function Origins({ name }: { name: DeploymentName }) {
  const origins = useRevisionOrigins(name);
  return (
    <Piece query={origins} what="The commit">
      {({ items }) =>
        items.length > 0 ? (
          <ul className={styles.origins}>
            {items.map(it => (
              <Origin
                key={`${it.revision.repo}@${it.revision.value}`}
                origin={it}
              />
            ))}
          </ul>
        ) : (
          <p className={styles.quiet}>
            Nothing was deployed from a commit yet.
          </p>
        )
      }
    </Piece>
  );
}

function Origin({ origin }: { origin: RevisionOrigin }) {
  const { revision, author, at, message, tags, incomplete } = origin;
  const { subject, body } = splitMessage(message ?? '');
  const pullRequest = pullRequestOf(origin);
  return (
    <li className={styles.origin}>
      {subject && <div className={styles.subject}>{subject}</div>}
      {body && (
        <div className={styles.quiet}>
          <LongText limit={200}>{body}</LongText>
        </div>
      )}
      {incomplete && <div className={styles.quiet}>{incomplete}</div>}
      <div className={styles.facts}>
        <RevisionName revision={revision} />
        <span className={styles.quiet}>{repositoryIn(revision.repo)}</span>
        {tags.map(tag => (
          <span key={tag} className={styles.tag}>
            {tag}
          </span>
        ))}
        {author && <span>{author.replace(/\s*<.*>$/, '')}</span>}
        {at && (
          <span className={styles.quiet}>
            <Age time={at} />
          </span>
        )}
        {pullRequest?.url && (
          <ExternalLink href={pullRequest.url}>
            Pull request #{pullRequest.number}
          </ExternalLink>
        )}
      </div>
    </li>
  );
}

/** Repositories are spelled in many ways, and not all of them are addresses. */
function repositoryIn(repo: string): string {
  return URL.canParse(repo) ? repositoryName(repo).replace(/\.git$/, '') : repo;
}
