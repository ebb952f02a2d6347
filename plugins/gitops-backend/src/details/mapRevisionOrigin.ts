import { type ScmIntegrations } from '@backstage/integration';
import { type RevisionOrigin } from '@callboard/backstage-plugin-gitops-common';
import { type SourceRevision } from '../applications/Application';
import { type ArgoRevisionMetadata } from '../argocd/detailSchema';
import { mapRevision } from '../deployments/mapRevision';

/** Translates where a revision comes from; a chart's version has no commit. */
export function mapRevisionOrigin(
  revision: SourceRevision,
  metadata: ArgoRevisionMetadata,
  integrations: Pick<ScmIntegrations, 'byUrl' | 'byHost'>,
): RevisionOrigin {
  const { author, date, message, tags } = metadata;
  // Argo CD tells `name <address>`; the address is nobody's business here.
  const name = author?.replace(/\s*<[^>]*>\s*$/, '');
  return {
    revision: mapRevision(revision, integrations),
    ...(name && { author: name }),
    ...(date && { at: date }),
    ...(message && { message }),
    tags: tags ?? [],
  };
}
