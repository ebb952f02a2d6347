import { NotImplementedError, ResponseError } from '@backstage/errors';
import {
  type ActionStarted,
  type Deployment,
  type DeploymentHistory,
  type DeploymentList,
  type DeploymentName,
  type EntityDeploymentsList,
  type EntityStateList,
  type Environment,
  type EnvironmentList,
  type GitopsApi,
  type PodName,
  type Registration,
  type RegistrationList,
  type Release,
  type ServiceLookup,
  type SetupReport,
  type Source,
  type StateQuery,
  type SyncRequest,
  type Unmatched,
  type UnmatchedList,
} from '@callboard/backstage-plugin-gitops-common';
import { type Details, type Part, healthyDetails } from './details';
import { minutesAgo } from './minutesAgo';
import { soundSetup, unmatchedList } from './setup';
import { statesIn } from './statesIn';

const SHA = '9f2c1ab0d4e6f8a9b7c5d3e1f0a2b4c6d8e0f1a3';

export const environments: readonly Environment[] = [
  environment('dev', 'commit', ['dev']),
  environment('staging', 'commit', ['staging']),
  environment('production', 'pull-request', ['prod-eu1', 'prod-us1']),
];

export function environment(
  name: string,
  write: Environment['write'],
  clusters: readonly string[],
): Environment {
  return {
    name,
    write,
    platformRepo: 'https://github.test/acme/gitops-infra',
    clusters: clusters.map(cluster => ({
      name: cluster,
      instance: 'main',
      labels: labelsOf(cluster),
    })),
  };
}

function labelsOf(cluster: string): Environment['clusters'][number]['labels'] {
  return cluster.startsWith('prod-') ? { location: cluster.slice(5, 7) } : {};
}

export function release(version: string): Release {
  return {
    version,
    images: [{ name: 'ghcr.io/acme/cart', tag: version }],
  };
}

/** A deployment of `cart` where all is well, but for what is given. */
export function deployment(
  place: string,
  changes: Partial<Deployment> = {},
): Deployment {
  const [environmentName = '', cluster = environmentName] = place.split('/');
  return {
    environment: environmentName,
    cluster,
    application: {
      instance: 'main',
      namespace: 'argocd',
      name: `cart-${environmentName}-${cluster}`,
      url: `https://argocd.test/applications/argocd/cart-${environmentName}-${cluster}`,
    },
    desired: release('1.0.7'),
    live: release('1.0.7'),
    sync: { status: 'Synced' },
    health: { status: 'Healthy' },
    revisions: [
      {
        kind: 'git',
        repo: 'https://github.test/acme/cart',
        value: SHA,
        url: `https://github.test/acme/cart/commit/${SHA}`,
      },
    ],
    since: minutesAgo(12),
    observedAt: minutesAgo(1),
    access: {
      may: [
        'detail',
        'values',
        'logs',
        'refresh',
        'sync',
        'prune',
        'terminate',
      ],
    },
    ...changes,
  };
}

/** The registration of `cart` for an environment. */
export function registration(
  environmentName: string,
  changes: Partial<Registration> = {},
): Registration {
  const { clusters = [], write = 'commit' } =
    environments.find(({ name }) => name === environmentName) ?? {};
  return {
    environment: environmentName,
    write,
    state: 'registered',
    kind: 'application',
    clusters: clusters.map(({ name }) => name),
    url: `https://github.test/acme/gitops-infra/blob/main/clusters/${environmentName}/argocd/kustomization.yaml`,
    ...changes,
  };
}

export function source(changes: Partial<Source> = {}): Source {
  return {
    name: 'argocd:main',
    state: 'ok',
    since: minutesAgo(60),
    ...changes,
  };
}

type Question =
  | 'environments'
  | 'deployments'
  | 'states'
  | 'registrations'
  | 'service'
  | Part
  | 'action'
  | 'setup'
  | 'unmatched';
/** `never` answers never. */
type Failure = 'never' | (() => Promise<Error>);

/** The backend refuses or fails, as its client reports it. */
export function refusal(
  statusCode: number,
  name: string,
  message: string,
): Failure {
  return () =>
    ResponseError.fromResponse(
      Response.json(
        { error: { name, message }, response: { statusCode } },
        { status: statusCode },
      ),
    );
}

/** What the fake backend answers; each can be changed while a test runs. */
export interface World {
  environments: readonly Environment[];
  deployments: readonly Deployment[];
  registrations: readonly Registration[];
  sources: readonly Source[];
  registrationSources: readonly Source[];
  /** Instead of answers. */
  failures: Partial<Record<Question, Failure>>;
  /** How often deployments were asked for. */
  asked: number;
  /** Of entities, where many are asked for at once. */
  deploymentsOf: Readonly<Record<string, readonly Deployment[]>>;
  /** The entities of each of these questions. */
  askedOf: (readonly string[])[];
  askedByState: StateQuery[];
  /** Names of services that have a repository. */
  services: readonly string[];
  /** Names that were asked for. */
  lookedUp: string[];
  /** Of every deployment. */
  details: Details;
  /** Parts of details that were asked for. */
  askedFor: Part[];
  /** What was done to deployments. */
  done: Done[];
  setup: SetupReport;
  /** Whether fresh checks were asked for, each time. */
  setupAsked: boolean[];
  unmatched: readonly Unmatched[];
}

/** An action, on which deployment. */
interface Done {
  readonly action: 'sync' | 'normal' | 'hard' | 'terminate';
  readonly application: string;
  readonly request?: SyncRequest;
}

/** `cart` runs everywhere, and is fine. */
export function healthyWorld(changes: Partial<World> = {}): World {
  return {
    environments,
    deployments: [
      deployment('dev'),
      deployment('staging'),
      deployment('production/prod-eu1'),
      deployment('production/prod-us1'),
    ],
    registrations: environments.map(({ name }) => registration(name)),
    sources: [source()],
    registrationSources: [],
    failures: {},
    asked: 0,
    deploymentsOf: {},
    askedOf: [],
    askedByState: [],
    services: ['cart'],
    lookedUp: [],
    details: healthyDetails(),
    askedFor: [],
    done: [],
    setup: soundSetup(),
    setupAsked: [],
    unmatched: [],
    ...changes,
  };
}

/** Answers of a world, or what it fails with. */
function answers(world: World) {
  return async <T>(question: Question, value: () => T): Promise<T> => {
    const failure = world.failures[question];
    if (failure === 'never') {
      return new Promise<T>(() => {});
    }
    if (failure) {
      throw await failure();
    }
    return value();
  };
}

/** A backend in memory that answers what the world says at the moment. */
export function fakeGitopsApi(world: World): GitopsApi {
  const answer = answers(world);
  const refuse = async () => {
    throw new NotImplementedError('The fake backend registers nothing');
  };
  return {
    getEnvironments: () =>
      answer<EnvironmentList>('environments', () => ({
        items: world.environments,
        newRepositories: { url: 'https://github.test/acme' },
      })),
    getService: name => {
      world.lookedUp.push(name);
      return answer<ServiceLookup>('service', () => ({
        name,
        repository: {
          url: `https://github.test/acme/${name}`,
          exists: world.services.includes(name),
        },
      }));
    },
    getDeployments: () => {
      world.asked += 1;
      return answer<DeploymentList>('deployments', () => ({
        items: world.deployments,
        sources: world.sources,
        channel: 'gitops:deployments:cart',
      }));
    },
    getDeploymentsOf: entityRefs => {
      world.askedOf.push(entityRefs);
      return answer<EntityDeploymentsList>('deployments', () => ({
        items: entityRefs.map(entityRef => ({
          entityRef,
          deployments: world.deploymentsOf[entityRef] ?? [],
          channel: `gitops:deployments:${entityRef}`,
        })),
        sources: world.sources,
      }));
    },
    getEntitiesByState: query => {
      world.askedByState.push(query);
      return answer<EntityStateList>('states', () => ({
        ...statesIn(world.deploymentsOf, query),
        sources: world.sources,
      }));
    },
    getRegistrations: () =>
      answer<RegistrationList>('registrations', () => ({
        items: world.registrations,
        sources: world.registrationSources,
      })),
    ...detailsApi(world),
    ...actionsApi(world),
    register: refuse,
    deregister: refuse,
    getSetup: ({ fresh = false } = {}) => {
      world.setupAsked.push(fresh);
      return answer<SetupReport>('setup', () => world.setup);
    },
    getUnmatched: (query = {}) =>
      answer<UnmatchedList>('unmatched', () =>
        unmatchedList(world.unmatched, world.sources, query),
      ),
  };
}

const PREVIOUS_LOG = {
  lines: [{ text: 'panic: no configuration: /etc/cart/cart.yaml' }],
};

const PAGE = 10;

function detailsApi(world: World) {
  const part = <K extends Part>(name: K) => {
    world.askedFor.push(name);
    return answers(world)(name, () => world.details[name]);
  };
  return {
    getDeploymentDetail: () => part('detail'),
    getDeploymentResources: () => part('resources'),
    getDeploymentDiff: () => part('diff'),
    getDeploymentEvents: () => part('events'),
    getDeploymentHistory: (_: DeploymentName, page?: { cursor?: string }) =>
      part('history').then(all => pageOf(all, page?.cursor)),
    getSyncWindows: () => part('windows'),
    getRevisionOrigins: () => part('origins'),
    getPodLog: async (_name: DeploymentName, pod: PodName) => {
      const log = await part('log');
      return { ...log, pod: pod.name, ...(pod.previous && PREVIOUS_LOG) };
    },
  };
}

/** Ten at a time; the cursor is how many came before. */
function pageOf(
  history: DeploymentHistory,
  cursor: string = '0',
): DeploymentHistory {
  const from = Number(cursor);
  const items = history.items.slice(from, from + PAGE);
  return {
    ...history,
    items,
    ...(history.items.length > from + PAGE && { nextCursor: `${from + PAGE}` }),
  };
}

function actionsApi(world: World) {
  const act = (done: Done) => {
    return answers(world)('action', (): ActionStarted => {
      world.done.push(done);
      return { started: true };
    });
  };
  return {
    syncDeployment: ({ name }: DeploymentName, request: SyncRequest) =>
      act({ action: 'sync', application: name, request }),
    refreshDeployment: ({ name }: DeploymentName, kind: 'normal' | 'hard') =>
      act({ action: kind, application: name }),
    terminateOperation: ({ name }: DeploymentName) =>
      act({ action: 'terminate', application: name }),
  };
}
