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
import { KUBERNETES_ID, NAME_LABEL } from '../applications/RootObject';
import { deriveHealthMessage } from '../applications/deriveHealthMessage';
import { deriveReleaseOf } from '../applications/deriveRelease';
import { toHealthStatus, toSyncStatus } from '../applications/mapApplication';
import { parseRepositoryAddress } from '../applications/repositoryAddress';
import { type EntitySelection } from './EntitySelection';
import { deriveSyncMessage } from './deriveSyncMessage';
import { isWithinSource } from './readEntitySource';

/** What of an environment's root application is one service's. */
export interface RootPart {
  readonly sync: { readonly status: SyncStatus; readonly message?: string };
  readonly health: { readonly status: HealthStatus; readonly message?: string };
  /** What Git asks for. */
  readonly desired?: Release;
  /** What the cluster runs. */
  readonly live?: Release;
  /** Revisions of the service's repository, as remote bases ask for them. */
  readonly revisions: readonly SourceRevision[];
  /** Why it may be less or more than this, for a person, with what to do. */
  readonly approximate?: string;
}

type Identity = Pick<EntitySelection, 'service' | 'source'>;

/** Which objects of a root are a service's, and how that is known. */
interface Attribution {
  readonly resources: readonly RootResource[];
  /** Those of the service's own repository, as their origin tells. */
  readonly byOrigin: readonly RootResource[];
  readonly isGuess: boolean;
}

/**
 * What of a root application is a service's: what comes from its repository and
 * folder, is labelled with its name, or lies in its namespace. Where none of
 * that tells, what is named after it, which may be wrong.
 *
 * @returns nothing where no workload is the service's.
 */
export function derivePart(
  root: { readonly application: Application; readonly content: RootContent },
  identity: Identity,
): RootPart | undefined {
  const { application, content } = root;
  const found = attribute(content, identity);
  if (!found.resources.some(isWorkload)) {
    return undefined;
  }
  const counted = found.resources.filter(
    ({ state }) => !state.hook && state.status,
  );
  const states = counted.map(({ state }) => state);
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
    sync: {
      status,
      ...message(isSynced ? undefined : whyNotSynced(application, content)),
    },
    health: {
      status: health,
      ...message(
        health === 'Healthy' ? undefined : deriveHealthMessage(states),
      ),
    },
    ...(desired && { desired }),
    ...(live && { live }),
    revisions: revisionsOf(found.byOrigin, isSynced),
    ...(found.isGuess && {
      approximate: whyApproximate(application, found.resources),
    }),
  };
}

function attribute(
  { inventory }: RootContent,
  { service, source }: Identity,
): Attribution {
  const { name, kubernetesId } = service;
  const isNotOthers = ({ labels }: RootResource) => {
    const id = labels[KUBERNETES_ID]?.toLowerCase();
    return id === undefined || id === kubernetesId;
  };
  const byOrigin = source
    ? inventory
        .fromRepository(source.repository.path)
        .filter(({ origin }) => origin && isOwnOrigin(origin, source))
    : [];
  const byLabel = [...inventory.labelled(kubernetesId)]
    .filter(({ labels }) => labels[KUBERNETES_ID] !== undefined)
    .concat(inventory.labelled(name))
    .filter(isNotOthers);
  const byNamespace = inventory.inNamespaceOf(name).filter(isNotOthers);
  const exact = distinct([...byOrigin, ...byLabel, ...byNamespace]);
  if (exact.some(isWorkload)) {
    return { resources: exact, byOrigin, isGuess: false };
  }
  const byName = inventory
    .namedAfter(name)
    .filter(resource => !isKnownAsOthers(resource, { service, source }));
  return {
    resources: distinct([...exact, ...byName]),
    byOrigin,
    isGuess: true,
  };
}

/** Whether something other than its name says that it is another service's. */
function isKnownAsOthers(
  { labels, origin }: RootResource,
  { service, source }: Identity,
): boolean {
  const isLabelled = Object.values(labels).some(
    value => value.toLowerCase() !== service.name,
  );
  const isFromElsewhere =
    origin?.isRemote === true &&
    !(
      source &&
      isOwnOrigin(origin, { repository: source.repository, folder: '' })
    );
  return isLabelled || isFromElsewhere;
}

function isOwnOrigin(
  { repo, path, ref, isRemote }: NonNullable<RootResource['origin']>,
  source: NonNullable<Identity['source']>,
): boolean {
  // Of the platform repository somebody may have all; whose a part is has to be said.
  return (
    (isRemote || source.folder !== '') &&
    isWithinSource({ repo, path, targetRevision: ref }, source)
  );
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

function whyApproximate(
  { name, sources }: Application,
  resources: readonly RootResource[],
): string {
  const [source] = sources;
  const repository = source && parseRepositoryAddress(source.repo)?.path;
  const file = [source?.path, 'kustomization.yaml'].filter(Boolean).join('/');
  const why = `${name} deploys several services. Which of its objects are this service's was guessed from their names, so some may be missing here, or too many.`;
  return resources.some(({ origin }) => origin)
    ? `${why} To make it certain, label them with ${NAME_LABEL}.`
    : `${why} To make it certain, whoever looks after the platform repository adds this line to ${file}${
        repository ? ` of ${repository}` : ''
      }: buildMetadata: [originAnnotations]`;
}

function message(text: string | undefined): { message?: string } {
  return text ? { message: text } : {};
}

function distinct(resources: readonly RootResource[]): RootResource[] {
  return [...new Set(resources)];
}
