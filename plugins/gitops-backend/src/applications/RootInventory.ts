import { type ArgoResource } from '../argocd/schema';
import { type Application } from './Application';
import { INSTANCE_LABEL, type RootObject } from './RootObject';
import { type Workload } from './deriveRelease';
import { type Origin } from './parseOrigin';
import { parseRepositoryAddress } from './repositoryAddress';

/** An object that an environment's root application deploys by itself. */
export interface RootResource {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  /** As Argo CD tells it: whether it is synced, and how healthy it is. */
  readonly state: ArgoResource;
  readonly labels: Readonly<Record<string, string>>;
  /** Its address is whole: what lies in the platform repository has that. */
  readonly origin?: Required<Pick<Origin, 'repo' | 'path'>> &
    Pick<Origin, 'ref'> & { readonly isRemote: boolean };
  /** The service that its namespace is made for, by the environment's layout. */
  readonly serviceOfNamespace?: string;
  /** What Git asks for. */
  readonly desired?: Workload;
  /** What the cluster has; read only where something is not as Git asks for. */
  readonly live?: Workload;
  /** Where the live one came from. */
  readonly liveOrigin?: Origin;
}

/** Kinds that make a deployment of a service; the rest only goes with it. */
const WORKLOADS: readonly string[] = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Rollout',
  'CronJob',
  'Job',
];

/** Kinds that bring or hold others, and are nobody's part. */
const NEVER_PARTS: readonly string[] = [
  'Application',
  'ApplicationSet',
  'AppProject',
  'Namespace',
];

/** Whether the object is one that runs something. */
export function isWorkload({ kind }: Pick<ArgoResource, 'kind'>): boolean {
  return WORKLOADS.includes(kind ?? '');
}

/** A name is cut into beginnings at so many dashes at most. */
const MOST_BEGINNINGS = 12;

/**
 * What an environment's root application deploys by itself, beside the
 * Applications that it brings: found by everything that may tell whose it is,
 * so that it does not matter how much there is.
 */
export class RootInventory {
  readonly #all: readonly RootResource[];
  readonly #byRepository = new Map<string, RootResource[]>();
  readonly #byLabel = new Map<string, RootResource[]>();
  readonly #byNamespace = new Map<string, RootResource[]>();
  readonly #byBeginning = new Map<string, RootResource[]>();
  /** Names of services that something other than a name speaks of. */
  readonly #services = new Set<string>();

  constructor(resources: readonly RootResource[]) {
    this.#all = resources;
    resources.forEach(resource => this.#add(resource));
    resources.forEach(resource => this.#noteNamespace(resource));
  }

  /** Whether there is anything that could be a service's. */
  get hasWorkloads(): boolean {
    return this.#all.some(isWorkload);
  }

  /** Everything in it that runs something. */
  get workloads(): readonly RootResource[] {
    return this.#all.filter(isWorkload);
  }

  /** Whether anything tells where it comes from. */
  get hasOrigins(): boolean {
    return this.#all.some(({ origin }) => origin);
  }

  /** Objects from a repository of this path, on any host. */
  fromRepository(path: string): readonly RootResource[] {
    return this.#byRepository.get(path) ?? [];
  }

  /** Objects with that value in one of the labels that name a service; lower case. */
  labelled(value: string): readonly RootResource[] {
    return this.#byLabel.get(value) ?? [];
  }

  /** Objects in the namespace of that name, or in the one that the layout gives to that service. */
  inNamespaceOf(service: string): readonly RootResource[] {
    return this.#byNamespace.get(service) ?? [];
  }

  /**
   * Objects that are named after the service, itself or before a dash, and
   * after no known service with a longer name.
   */
  namedAfter(service: string): readonly RootResource[] {
    return (this.#byBeginning.get(service) ?? []).filter(({ name }) =>
      beginningsOf(name).every(
        other => other.length <= service.length || !this.#services.has(other),
      ),
    );
  }

  /** All by which a service can have a part: paths of repositories, and names. */
  get keys(): { repositories: Iterable<string>; names: Iterable<string> } {
    return {
      repositories: this.#byRepository.keys(),
      names: [
        ...this.#byLabel.keys(),
        ...this.#byNamespace.keys(),
        ...this.#byBeginning.keys(),
      ],
    };
  }

  #add(resource: RootResource): void {
    const { origin, labels, namespace, serviceOfNamespace, name } = resource;
    const address = origin && parseRepositoryAddress(origin.repo);
    if (address) {
      put(this.#byRepository, [address.path], resource);
    }
    if (address && origin.isRemote) {
      this.#services.add(address.path.split('/').at(-1) ?? '');
    }
    const values = Object.values(labels).map(value => value.toLowerCase());
    values.forEach(value => this.#services.add(value));
    put(this.#byLabel, values, resource);
    put(this.#byNamespace, present(namespace, serviceOfNamespace), resource);
    put(this.#byBeginning, beginningsOf(name), resource);
  }

  /** A namespace speaks of a service only if something in it has its name. */
  #noteNamespace(resource: RootResource): void {
    const { serviceOfNamespace, name } = resource;
    if (
      serviceOfNamespace &&
      isWorkload(resource) &&
      beginningsOf(name).includes(serviceOfNamespace)
    ) {
      this.#services.add(serviceOfNamespace);
    }
  }
}

/** Puts together what is told of the root's objects from several sides. */
export function toInventory(told: {
  root: Pick<Application, 'name' | 'sources' | 'destination'>;
  /** As Argo CD lists them, with their health. */
  resources: readonly ArgoResource[];
  desired: readonly RootObject[];
  live: readonly RootObject[];
  serviceOfNamespace: (namespace: string) => string | undefined;
}): RootInventory {
  const { root, resources, serviceOfNamespace } = told;
  const fallback = root.destination.namespace ?? '';
  const desired = byKey(told.desired, fallback);
  const live = byKey(told.live, fallback);
  return new RootInventory(
    resources.flatMap(state => {
      const { kind, name, namespace } = state;
      if (!kind || !name || NEVER_PARTS.includes(kind)) {
        return [];
      }
      const keys = [keyOf(state, namespace), keyOf(state, fallback)];
      const wanted = find(desired, keys);
      const found = find(live, keys);
      const known = wanted ?? found;
      const service = namespace ? serviceOfNamespace(namespace) : undefined;
      return [
        {
          kind,
          ...(namespace && { namespace }),
          name,
          state,
          labels: withoutTracking(known?.labels ?? {}, root.name),
          origin: resolve(known?.origin, root),
          serviceOfNamespace: service,
          desired: wanted?.workload,
          live: found?.workload,
          liveOrigin: found?.origin,
        },
      ];
    }),
  );
}

type Identity = Pick<ArgoResource, 'group' | 'kind' | 'name'>;

function keyOf(
  { group, kind, name }: Identity,
  namespace: string | null | undefined,
): string {
  return [group ?? '', kind, namespace ?? '', name].join('/');
}

function byKey(
  objects: readonly RootObject[],
  fallback: string,
): ReadonlyMap<string, RootObject> {
  return new Map(
    objects.map(object => [
      keyOf(object, object.namespace ?? fallback),
      object,
    ]),
  );
}

function find(
  objects: ReadonlyMap<string, RootObject>,
  keys: readonly string[],
): RootObject | undefined {
  return keys.map(key => objects.get(key)).find(Boolean);
}

/** Argo CD can write the application's own name into this label. */
function withoutTracking(
  labels: Readonly<Record<string, string>>,
  root: string,
): Readonly<Record<string, string>> {
  const { [INSTANCE_LABEL]: instance, ...others } = labels;
  return instance === root ? others : labels;
}

function resolve(
  origin: Origin | undefined,
  { sources }: Pick<Application, 'sources'>,
): RootResource['origin'] {
  if (!origin) {
    return undefined;
  }
  const { repo, path, ref } = origin;
  if (repo) {
    return { repo, path, ...(ref && { ref }), isRemote: true };
  }
  const [source, ...others] = sources;
  const inside = source && join(source.path, path);
  return source && others.length === 0 && inside
    ? { repo: source.repo, path: inside, isRemote: false }
    : undefined;
}

/** The path from the repository's top; nothing for one that leads out of it. */
function join(folder: string, path: string): string | undefined {
  const steps: string[] = [];
  for (const step of `${folder}/${path}`.split('/')) {
    if (step === '..' && steps.pop() === undefined) {
      return undefined;
    }
    if (step !== '' && step !== '.' && step !== '..') {
      steps.push(step);
    }
  }
  return steps.join('/');
}

/** `a`, `a-b` and `a-b-c` of `a-b-c`. */
function beginningsOf(name: string): string[] {
  const parts = name.toLowerCase().split('-').slice(0, MOST_BEGINNINGS);
  const beginnings = parts.map((_, index) =>
    parts.slice(0, index + 1).join('-'),
  );
  return [...new Set([...beginnings, name.toLowerCase()])];
}

function present(...values: (string | undefined)[]): string[] {
  return values.flatMap(value => value?.toLowerCase() ?? []);
}

function put(
  index: Map<string, RootResource[]>,
  keys: readonly string[],
  resource: RootResource,
): void {
  for (const key of new Set(keys)) {
    const found = index.get(key);
    if (found) {
      found.push(resource);
    } else {
      index.set(key, [resource]);
    }
  }
}
