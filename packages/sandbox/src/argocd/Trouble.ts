import { NotFoundError } from '@backstage/errors';
import { type Cluster } from '../cluster/Cluster';
import { type Deployment } from '../cluster/Deployment';
import { type AppProject } from './AppProject';
import { type Application, isApplication } from './Application';
import { type Clusters } from './Clusters';
import { type WorkloadFaults } from './WorkloadFaults';
import { managedObjects } from './compare';
import { type ApplicationController } from './controller/ApplicationController';
import { isFrozen, withFreeze } from './deploymentFreeze';
import { isDeployment, restarted, scaled } from './kubectlByHand';

/** What is in trouble, by name. */
export interface TroubleState {
  /** Applications whose pods crash, are started again, and crash. */
  crashing: readonly string[];
  /** Applications whose images can't be pulled any more: new pods wait, old ones serve on. */
  badImages: readonly string[];
  /** Applications whose hooks fail. */
  failingHooks: readonly string[];
  /** Clusters that Argo CD can't reach. */
  lost: readonly string[];
  /** Projects in which a sync window keeps everybody from deploying. */
  frozen: readonly string[];
}

const WELL: TroubleState = {
  crashing: [],
  badImages: [],
  failingHooks: [],
  lost: [],
  frozen: [],
};

/** Trouble of applications, clusters and projects, for tests and for whoever wants to see what happens. */
export class Trouble {
  readonly #clusters: Clusters;
  readonly #faults: WorkloadFaults;
  readonly #controller: ApplicationController;

  constructor(parts: {
    clusters: Clusters;
    workloadFaults: WorkloadFaults;
    controller: ApplicationController;
  }) {
    this.#clusters = parts.clusters;
    this.#faults = parts.workloadFaults;
    this.#controller = parts.controller;
  }

  get state(): TroubleState {
    return {
      crashing: this.#faults.crashing,
      badImages: this.#faults.badImages,
      failingHooks: this.#faults.failingHooks,
      lost: this.#clusters.connections.lost,
      frozen: this.#projects().filter(isFrozen).map(nameOf),
    };
  }

  /** Everything that can be in trouble, by name. */
  get choices(): {
    applications: string[];
    clusters: string[];
    projects: string[];
  } {
    return {
      applications: this.#applications().map(nameOf).sort(),
      clusters: this.#remoteClusters().map(({ name }) => name),
      projects: this.#projects().map(nameOf).sort(),
    };
  }

  /**
   * From now on these are in trouble, and no others.
   *
   * @throws NotFoundError for a name that nothing has; then nothing changes
   */
  set(state: Partial<TroubleState>): void {
    const next = { ...WELL, ...state };
    const { applications, clusters, projects } = this.choices;
    requireAll('application', applications, next.crashing);
    requireAll('application', applications, next.badImages);
    requireAll('application', applications, next.failingHooks);
    requireAll('cluster other than its own', clusters, next.lost);
    requireAll('project', projects, next.frozen);
    this.#faults.crash(next.crashing, Date.now());
    this.#faults.failHooks(next.failingHooks);
    this.#refuseImages(next.badImages);
    this.#clusters.lookAtWorkloads();
    for (const cluster of this.#remoteClusters()) {
      this.#connect(cluster.name, !next.lost.includes(cluster.name));
    }
    for (const project of this.#projects()) {
      const frozen = next.frozen.includes(project.metadata.name);
      this.#clusters.control.put(withFreeze(project, frozen));
    }
  }

  /**
   * Scales what an application runs, as somebody does who tells nobody. A sync
   * undoes it, and at once where Argo CD heals by itself.
   *
   * @throws NotFoundError for an application that does not exist or runs nothing
   */
  drift(application: string): void {
    const [running] = this.#running(application);
    if (!running) {
      throw new NotFoundError(
        `Nothing drifts: Argo CD has no application “${application}” that runs a Deployment`,
      );
    }
    running.cluster.put(scaled(running.deployment));
  }

  /** A bad image is seen on new pods only: there are some at once where it is new. */
  #refuseImages(applications: readonly string[]): void {
    const before = this.#faults.badImages;
    this.#faults.refuseImages(applications);
    applications
      .filter(name => !before.includes(name))
      .flatMap(name => this.#running(name))
      .forEach(({ cluster, deployment }) =>
        cluster.put(restarted(deployment, Date.now())),
      );
  }

  /** The Deployments of an application, where they run. */
  #running(
    application: string,
  ): { cluster: Cluster; deployment: Deployment }[] {
    const found = this.#applications().find(
      ({ metadata }) => metadata.name === application,
    );
    const cluster = found && this.#clusters.find(found.spec.destination);
    if (!cluster) return [];
    return managedObjects(found, cluster)
      .filter(isDeployment)
      .map(deployment => ({ cluster, deployment }));
  }

  #connect(name: string, reachable: boolean): void {
    const { connections } = this.#clusters;
    const cluster = this.#clusters.find({ name });
    const changes = connections.lost.includes(name) === reachable;
    if (!cluster || !changes) return;
    if (reachable) connections.restore(cluster);
    else connections.lose(cluster);
    this.#controller.lookAtCluster(cluster);
  }

  #applications(): Application[] {
    return this.#clusters.control
      .list(isApplication)
      .map(object => object as Application);
  }

  #remoteClusters() {
    const { all, control } = this.#clusters;
    return all.filter(cluster => cluster !== control);
  }

  #projects(): AppProject[] {
    return this.#clusters.control
      .list(({ kind }) => kind === 'AppProject')
      .map(object => object as AppProject);
  }
}

function nameOf({ metadata }: { metadata: { name: string } }): string {
  return metadata.name;
}

function requireAll(
  kind: string,
  known: readonly string[],
  names: readonly string[],
): void {
  const unknown = names.find(name => !known.includes(name));
  if (unknown === undefined) return;
  throw new NotFoundError(
    `Argo CD has no ${kind} “${unknown}”; choose among ${known.join(', ')}`,
  );
}
