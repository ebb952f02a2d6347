import { ResponseError } from '@backstage/errors';
import {
  type Deployment,
  type Environment,
  type Registration,
  type Release,
  type SetupReport,
  type Source,
  type StateQuery,
  type SyncRequest,
  type Unmatched,
} from '@callboard/backstage-plugin-gitops-common';
import { type Details, type Part, healthyDetails } from './details';
import { minutesAgo } from './minutesAgo';
import { soundSetup } from './setup';

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

/** Of `cart`, where an environment's root application deploys several services. */
export function sharedDeployment(
  place: string,
  changes: Partial<Deployment> = {},
): Deployment {
  const whole = deployment(place, changes);
  const name = `root-${whole.environment}`;
  return {
    ...whole,
    application: {
      ...whole.application,
      name,
      url: `https://argocd.test/applications/argocd/${name}`,
    },
    revisions: [
      { kind: 'git', repo: 'https://github.test/acme/cart', value: 'main' },
    ],
    since: undefined,
    access: {
      may: [],
      isShared: true,
      unproven:
        "This application deploys several services, so only what is this one's is shown here, and how it is. Whoever looks after the platform repository can look into the application, and sync it, in Argo CD.",
    },
    ...changes,
  };
}

/** The same, where names are all that tells what is the service's. */
export function guessedDeployment(place: string): Deployment {
  return sharedDeployment(place, {
    revisions: [],
    approximate: {
      message:
        "root-staging deploys several services. Which of its objects are this service's was guessed from their names, so some may be missing here, or too many. To make it certain, whoever looks after the platform repository adds this line to clusters/staging/argocd/kustomization.yaml of acme/gitops-infra: buildMetadata: [originAnnotations]",
    },
  });
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

export type Question =
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
  /** Of the replica that answers. */
  pulse: string;
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
export interface Done {
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
    pulse: 'gitops:pulse:1',
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
