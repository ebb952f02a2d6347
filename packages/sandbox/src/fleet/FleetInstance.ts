import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import { type AppProject } from '../argocd/AppProject';
import {
  type Application,
  applicationRef,
  CONTROL_PLANE,
  type Destination,
  projectOf,
} from '../argocd/Application';
import { type KnownClusters } from '../argocd/Clusters';
import { Connections } from '../argocd/Connections';
import { type Engine } from '../argocd/api/Engine';
import {
  updateApplication,
  withRefresh,
} from '../argocd/controller/updateApplication';
import { type Rendered } from '../argocd/repositories/Manifests';
import { Cluster } from '../cluster/Cluster';
import { type KubeObject, type ResourceRef } from '../cluster/KubeObject';
import { type Deployed, FleetCluster } from './FleetCluster';
import { type FleetPlan } from './FleetPlan';
import { fleetApplication, projectName, renderError } from './fleetApplication';
import { fleetManifests } from './fleetManifests';
import { releaseOf } from './fleetRevision';
import { look, type Step, SYNC_STORY } from './fleetStories';

/** Between two steps of what somebody asked for. */
const STEP_MS = 400;

/**
 * The world behind one Argo CD of the fleet: its Applications are real objects
 * in memory, and everything else is made from them when it is asked for.
 */
export class FleetInstance implements Engine {
  readonly clusters: KnownClusters;
  readonly controller = {
    refresh: (ref: ResourceRef, kind: 'normal' | 'hard') =>
      this.#refresh(ref, kind),
  };
  readonly operations = { terminate: () => false };
  readonly reconciler: Engine['reconciler'];
  readonly repositories: Engine['repositories'];
  readonly kustomize = { version: async () => 'v5.8.1' };
  readonly #plans: ReadonlyMap<string, FleetPlan>;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(plans: readonly FleetPlan[], now: number) {
    this.#plans = new Map(plans.map(plan => [plan.name, plan]));
    const byNamespace = new Map(plans.map(plan => [plan.namespace, plan]));
    this.clusters = createClusters(plans, namespace => {
      const plan = byNamespace.get(namespace);
      return plan && this.#deployed(plan);
    });
    this.reconciler = this.#createLooks();
    this.repositories = {
      resolve: async (url, revision) => this.#commit(url, revision),
      metadata: async (url, sha) => commitOf(url, sha),
    };
    for (const plan of plans) {
      this.clusters.control.put(fleetApplication(plan, now));
    }
    this.clusters.control.onChange(({ object, before }) => {
      if (isAsked(object) && !(before && isAsked(before))) {
        this.#tell(object as Application, [...SYNC_STORY]);
      }
    });
  }

  get plans(): readonly FleetPlan[] {
    return [...this.#plans.values()];
  }

  application(name: string): Application {
    const found = this.clusters.control.get(applicationRef(name));
    if (!found) throw new NotFoundError(`The fleet has no ${name}`);
    return found as Application;
  }

  /** Does a step now: one event. */
  step(name: string, step: Step): void {
    updateApplication(this.clusters.control, applicationRef(name), found =>
      step(found, Date.now()),
    );
  }

  stop(): void {
    this.#timers.forEach(timer => clearTimeout(timer));
  }

  #refresh(ref: ResourceRef, kind: 'normal' | 'hard'): void {
    const { control } = this.clusters;
    updateApplication(control, ref, found => withRefresh(found, kind));
    this.#later(() =>
      updateApplication(control, ref, found =>
        withRefresh(look(found, Date.now()), undefined),
      ),
    );
  }

  #tell(application: Application, [step, ...rest]: Step[]): void {
    if (!step) return;
    this.#later(() => {
      this.step(application.metadata.name, step);
      this.#tell(application, rest);
    });
  }

  #later(work: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, STEP_MS).unref();
    this.#timers.add(timer);
  }

  #deployed(plan: FleetPlan): Deployed | undefined {
    const application = this.application(plan.name);
    const { revision = '' } = application.status?.history?.at(-1) ?? {};
    const release = releaseOf(plan.service, revision);
    return release === undefined
      ? undefined
      : { application, manifests: fleetManifests(plan, release) };
  }

  #createLooks(): Engine['reconciler'] {
    const target: Engine['reconciler']['target'] = application => {
      const project = this.clusters.project(projectOf(application));
      const cluster = this.clusters.find(application.spec.destination);
      return project && cluster
        ? { cluster, project }
        : { error: ['there is no such project or cluster'] };
    };
    return {
      target,
      lastLook: application => {
        const found = target(application);
        if ('error' in found) return found;
        const { revision } = application.status?.sync ?? {};
        return { ...found, revision };
      },
      render: async (application, revision) =>
        this.#render(application, revision),
    };
  }

  #render(application: Application, revision: string): Rendered {
    const plan = this.#plans.get(application.metadata.name);
    if (!plan) throw new NotFoundError('app path does not exist');
    if (plan.state === 'unknown')
      throw new ServiceUnavailableError(renderError(plan.service));
    const sha = this.#commit(plan.service, revision);
    const release = releaseOf(plan.service, sha) ?? plan.release;
    return {
      manifests: fleetManifests(plan, release),
      revision: sha,
      sourceType: 'Kustomize',
    };
  }

  /** A branch is where the newest of the service's applications is. */
  #commit(url: string, revision: string): string {
    const service = url.split('/').at(-1) ?? '';
    if (releaseOf(service, revision) !== undefined) return revision;
    const newest = this.plans
      .filter(plan => plan.service === service)
      .flatMap(
        ({ name }) => this.application(name).status?.sync?.revision ?? [],
      )
      .sort(
        (a, b) => (releaseOf(service, b) ?? 0) - (releaseOf(service, a) ?? 0),
      );
    if (newest[0] && ['main', 'HEAD'].includes(revision)) return newest[0];
    throw new NotFoundError(`unable to resolve '${revision}' to a commit SHA`);
  }
}

function createClusters(
  plans: readonly FleetPlan[],
  deployedIn: (namespace: string) => Deployed | undefined,
): KnownClusters {
  const control = new Cluster({
    name: 'in-cluster',
    server: 'https://kubernetes.default.svc',
  });
  const servers = new Map(
    plans.map(({ cluster }) => [cluster.server, cluster] as const),
  );
  const all = [
    control,
    ...[...servers.values()].map(
      cluster => new FleetCluster(cluster, deployedIn),
    ),
  ];
  const projects = ['default', ...new Set(plans.map(projectName))];
  projects.forEach(name => control.put(projectOfFleet(name)));
  return {
    all,
    control,
    connections: new Connections(),
    find: ({ server, name }: Destination) =>
      all.find(each => (server ? each.server === server : each.name === name)),
    project: name =>
      control.get({
        group: 'argoproj.io',
        kind: 'AppProject',
        namespace: CONTROL_PLANE,
        name,
      }) as AppProject | undefined,
  };
}

function projectOfFleet(name: string): AppProject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name, namespace: CONTROL_PLANE },
    spec: {
      sourceRepos: ['*'],
      destinations: [{ server: '*', namespace: '*' }],
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
    },
  };
}

/** Whether somebody asked for a sync that nobody has begun. */
function isAsked(object: KubeObject): boolean {
  const { operation, status } = object as Application;
  return !!operation && !status?.operationState;
}

/** Git is not there; what a commit says is made up from it. */
function commitOf(url: string, sha: string) {
  const service = url.split('/').at(-1) ?? '';
  const release = releaseOf(service, sha);
  if (release === undefined) throw new NotFoundError(`no such commit: ${sha}`);
  return {
    author: 'Fleet Robot <robot@fleet.test>',
    date: '2026-01-02T03:04:05Z',
    message: `Release ${release} of ${service}`,
  };
}
