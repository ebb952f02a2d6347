import { type ScmIntegrations } from '@backstage/integration';
import { type HistoryItem } from '@callboard/backstage-plugin-gitops-common';
import { mapRevision } from '../deployments/mapRevision';
import { type Observation } from './Observation';

/** The applications that people see, to look revisions up in. */
type Integrations = Pick<ScmIntegrations, 'byUrl' | 'byHost'>;

/** Translates an observation for those who may look into the deployment. */
export function mapObservation(
  { fact, at, message, what }: Observation,
  integrations: Integrations,
): Exclude<HistoryItem, { kind: 'gap' }> {
  const item = { id: fact, at, ...(message && { message }) };
  switch (what.kind) {
    case 'sync':
      return {
        ...item,
        ...what,
        revisions: what.revisions.map(it => mapRevision(it, integrations)),
      };
    case 'health':
      return { ...item, kind: what.kind, status: what.outcome };
    case 'life':
      return { id: fact, at, kind: what.kind, outcome: what.outcome };
    default:
      return what satisfies never;
  }
}
