import { type ScmIntegrations } from '@backstage/integration';
import {
  type DeploymentDetail,
  type DeploymentHistoryEntry,
  type DeploymentOperation,
  type OperationResource,
  type Revision,
} from '@callboard/backstage-plugin-gitops-common';
import { type Application } from '../applications/Application';
import { initiatorOf, whoAsked } from '../applications/initiator';
import { pairRevisions, revisionsOf } from '../applications/mapApplication';
import {
  type ArgoDetail,
  type ArgoDetailStatus,
  type ArgoHistoryEntry,
  type ArgoOperationState,
} from '../argocd/detailSchema';
import { nameOf } from '../argocd/nameOf';
import { mapRevision } from '../deployments/mapRevision';
import { toPublicText } from '../deployments/toPublicText';
import { deriveNextTry } from './deriveNextTry';
import { describeCondition } from './describeCondition';

/** The applications that people see, to look revisions up in. */
type Integrations = Pick<ScmIntegrations, 'byUrl' | 'byHost'>;

/** Translates what Argo CD knows of one application. */
export function mapDetail(facts: {
  application: Application;
  ref: DeploymentDetail['application'];
  detail: ArgoDetail;
  integrations: Integrations;
}): DeploymentDetail {
  const { application, ref, detail, integrations } = facts;
  const { status } = detail;
  const operation = mapOperation(detail);
  return {
    application: ref,
    syncPolicy: mapSyncPolicy(detail),
    conditions: application.conditions.map(describeCondition),
    ...(operation && { operation }),
    history: mapHistory(status?.history ?? [], integrations),
    target: mapTarget(application, status, integrations),
    ...(status?.reconciledAt && { comparedAt: status.reconciledAt }),
  };
}

function mapSyncPolicy({ spec }: ArgoDetail): DeploymentDetail['syncPolicy'] {
  const automated = spec.syncPolicy?.automated;
  const isAutomated = Boolean(automated) && automated?.enabled !== false;
  return {
    automated: isAutomated,
    prune: isAutomated && automated?.prune === true,
    selfHeal: isAutomated && automated?.selfHeal === true,
  };
}

function mapTarget(
  { sources }: Application,
  status: ArgoDetailStatus | null | undefined,
  integrations: Integrations,
): Revision[] {
  return revisionsOf(status?.sync ?? {}).flatMap((value, index) => {
    const source = sources[index];
    return source
      ? [
          mapRevision(
            { kind: source.kind, repo: source.repo, value },
            integrations,
          ),
        ]
      : [];
  });
}

const PHASES: readonly string[] = [
  'Running',
  'Terminating',
  'Failed',
  'Error',
  'Succeeded',
] satisfies DeploymentOperation['phase'][];

function mapOperation({
  operation,
  status,
}: ArgoDetail): DeploymentOperation | undefined {
  const state = status?.operationState;
  if (state) {
    return mapState(state);
  }
  // It was asked for, and the controller has not seen it yet.
  return operation
    ? { phase: 'Running', dryRun: false, retries: 0, resources: [] }
    : undefined;
}

/** Argo CD's words for {@link deriveNextTry}, with a time in an unknown zone. */
const RETRY_WORDS = / Retrying attempt #\d+ at [\d:]+[AP]M\.$/;

function mapState(state: ArgoOperationState): DeploymentOperation {
  const { startedAt, finishedAt, operation, syncResult } = state;
  const by = whoAsked(operation);
  return {
    phase: toPhase(state.phase),
    ...mapTries(state),
    ...(startedAt && { startedAt }),
    ...(finishedAt && { finishedAt }),
    ...(by && { by }),
    dryRun: operation?.sync?.dryRun ?? false,
    resources: (syncResult?.resources ?? []).map(mapResource),
  };
}

/** How often it was tried, and what was said of the last time. */
function mapTries(
  state: ArgoOperationState,
): Pick<DeploymentOperation, 'message' | 'retries' | 'nextTry'> {
  const nextTry = deriveNextTry(state);
  const words = state.message ?? '';
  const message = nextTry ? words.replace(RETRY_WORDS, '') : words;
  return {
    ...(message && { message: toPublicText(message) }),
    ...(nextTry && { nextTry }),
    retries: nextTry ? nextTry.number - 1 : state.retryCount ?? 0,
  };
}

function toPhase(
  word: string | null | undefined,
): DeploymentOperation['phase'] {
  return word && PHASES.includes(word)
    ? (word as DeploymentOperation['phase'])
    : 'Unknown';
}

function mapResource(
  resource: NonNullable<
    NonNullable<ArgoOperationState['syncResult']>['resources']
  >[number],
): OperationResource {
  const { message, hookType, hookPhase } = resource;
  // A hook is `Synced` as soon as it was created, however it goes on.
  const status = hookType
    ? hookPhase || resource.status
    : resource.status || hookPhase;
  return {
    ...nameOf(resource),
    ...(status && { status }),
    ...(message && { message: toPublicText(message) }),
    ...(hookType && { hook: hookType }),
  };
}

function mapHistory(
  entries: readonly ArgoHistoryEntry[],
  integrations: Integrations,
): DeploymentHistoryEntry[] {
  return entries
    .flatMap(entry => {
      const { id, deployedAt } = entry;
      const by = initiatorOf(entry.initiatedBy);
      return deployedAt
        ? [
            {
              id: id ?? 0,
              at: deployedAt,
              revisions: pairRevisions(entry).map(revision =>
                mapRevision(revision, integrations),
              ),
              ...(by && { by }),
            },
          ]
        : [];
    })
    .reverse();
}
