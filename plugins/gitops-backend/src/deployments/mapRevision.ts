import { type ScmIntegrations } from '@backstage/integration';
import { type Revision } from '@callboard/backstage-plugin-gitops-common';
import { type SourceRevision } from '../applications/Application';
import { commitUrl } from './commitUrl';
import { toPublicText } from './toPublicText';

/** A revision as people see it, with a link where it is a commit. */
export function mapRevision(
  revision: SourceRevision,
  integrations: Pick<ScmIntegrations, 'byUrl' | 'byHost'>,
): Revision {
  const url = commitUrl(revision, integrations);
  return {
    ...revision,
    repo: toPublicText(revision.repo),
    ...(url && { url }),
  };
}
