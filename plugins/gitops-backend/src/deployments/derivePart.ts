import {
  type HealthStatus,
  type Release,
  type SyncStatus,
} from '@callboard/backstage-plugin-gitops-common';
import {
  type Application,
  type SourceRevision,
} from '../applications/Application';
import { type RootContent } from '../applications/ApplicationDetails';
import { isWorkload, type RootResource } from '../applications/RootInventory';
import { NAME_LABEL } from '../applications/RootObject';
import { deriveHealthMessage } from '../applications/deriveHealthMessage';
import { derivePodMessage } from '../applications/derivePodMessage';
import { deriveReleaseOf } from '../applications/deriveRelease';
import { toHealthStatus, toSyncStatus } from '../applications/mapApplication';
import { keyOf, nameOf } from '../argocd/nameOf';
import { deriveAttribution, type Identity } from './deriveAttribution';
import { deriveSyncMessage } from './deriveSyncMessage';
import { describeGuess, type Guess } from './describeGuess';

/** What of an environment's root application is one service's. */
export interface RootPart {
  /** At least one. */
  readonly workloads: readonly RootResource[];
  readonly sync: { readonly status: SyncStatus; readonly message?: string };
  readonly health: { readonly status: HealthStatus; readonly message?: string };
  /** What Git asks for. */
  readonly desired?: Release;
  /** What the cluster runs. */
  readonly live?: Release;
  /** Revisions of the service's repository, as remote bases ask for them. */
  readonly revisions: readonly SourceRevision[];
  /** Absent where it is certain what is the service's. */
  readonly guess?: Guess;
}

/**
 * What of a root application is a service's: what comes from its repository and
 * folder, is labelled with its name, or lies in its namespace. Where none of
 * that tells for sure, a guess.
 *
 * @returns nothing where no workload is the service's.
 */
export function derivePart(
  root: { readonly application: Application; readonly content: RootContent },
  identity: Identity,
): RootPart | undefined {
  const { application, content } = root;
  const found = deriveAttribution(content.inventory, identity);
  const workloads = found.resources.filter(isWorkload);
  if (workloads.length === 0) {
    return undefined;
  }
  const guess = describeGuess(application, identity, found);
  const counted = found.resources.filter(
    ({ state }) => !state.hook && state.status,
  );
  const status = syncOf(application, content, counted);
  const named = namesOf(identity, application);
  const isSynced = status === 'Synced';
  const desired = content.isDesiredKnown
    ? deriveReleaseOf(
        counted.flatMap(resource => resource.desired ?? []),
        named,
      )
    : undefined;
  const live = isSynced
    ? desired
    : deriveReleaseOf(
        counted.flatMap(resource => resource.live ?? []),
        named,
      );
  const health = content.isStateKnown ? healthOf(counted) : 'Unknown';
  return {
    workloads,
    sync: {
      status,
      ...message(isSynced ? undefined : whyNotSynced(application, content)),
    },
    health: {
      status: health,
      ...message(whyNotHealthy(health, content, counted)),
    },
    ...(desired && { desired }),
    ...(live && { live }),
    revisions: revisionsOf(found.byOrigin, isSynced),
    ...(guess && { guess }),
  };
}

/** Argo CD's rule for an application, of some of its objects. */
function syncOf(
  root: Application,
  { isStateKnown }: RootContent,
  counted: readonly RootResource[],
): SyncStatus {
  const isBroken = root.conditions.some(
    ({ type }) => type === 'ComparisonError',
  );
  if (isBroken || !isStateKnown || counted.length === 0) {
    return 'Unknown';
  }
  const states = counted.map(({ state }) => state);
  if (
    states.some(
      ({ status, requiresPruning }) =>
        requiresPruning || status === 'OutOfSync',
    )
  ) {
    return 'OutOfSync';
  }
  return states.every(({ status }) => toSyncStatus(status) === 'Synced')
    ? 'Synced'
    : 'Unknown';
}

/** From the best to the worst, as Argo CD orders them. */
const BY_SEVERITY: readonly HealthStatus[] = [
  'Healthy',
  'Suspended',
  'Progressing',
  'Missing',
  'Degraded',
  'Unknown',
];

/** Argo CD's rule since 3.4: something is missing only where everything is. */
function healthOf(counted: readonly RootResource[]): HealthStatus {
  const all = counted.flatMap(({ state: { health } }) =>
    health?.status ? toHealthStatus(health.status) : [],
  );
  const there = all.filter(status => status !== 'Missing');
  const [worst] = (there.length > 0 ? there : all).sort(
    (a, b) => BY_SEVERITY.indexOf(b) - BY_SEVERITY.indexOf(a),
  );
  return worst ?? 'Unknown';
}

/** As for whole applications: a pod that is stuck tells more than what it belongs to. */
function whyNotHealthy(
  health: HealthStatus,
  { stuckPods }: RootContent,
  counted: readonly RootResource[],
): string | undefined {
  if (health === 'Healthy') {
    return undefined;
  }
  const keys = new Set(counted.map(({ state }) => keyOf(nameOf(state))));
  const pods = stuckPods.flatMap(({ pod, from }) =>
    keys.has(from) ? [pod] : [],
  );
  return (
    derivePodMessage(pods) ??
    deriveHealthMessage(counted.map(({ state }) => state))
  );
}

function whyNotSynced(
  root: Application,
  { isStateKnown }: RootContent,
): string | undefined {
  return isStateKnown
    ? deriveSyncMessage(root)
    : `Argo CD could not tell what became of the objects of ${root.name}. It is asked again all the time.`;
}

function revisionsOf(
  byOrigin: readonly RootResource[],
  isSynced: boolean,
): SourceRevision[] {
  // While it is out of sync, only what is live tells what is deployed.
  const origins = byOrigin.map(({ origin, liveOrigin }) =>
    isSynced ? origin : liveOrigin,
  );
  const revisions = origins.flatMap(origin =>
    origin?.repo && origin.ref
      ? [{ kind: 'git' as const, repo: origin.repo, value: origin.ref }]
      : [],
  );
  return [
    ...new Map(revisions.map(each => [JSON.stringify(each), each])).values(),
  ];
}

function namesOf({ service, source }: Identity, { labels }: Application) {
  return {
    name: service.name,
    labels: { ...labels, [NAME_LABEL]: service.kubernetesId },
    sources: source
      ? [
          {
            kind: 'git' as const,
            repo: source.repository.path,
            path: '',
            targetRevision: '',
          },
        ]
      : [],
  };
}

function message(text: string | undefined): { message?: string } {
  return text ? { message: text } : {};
}
