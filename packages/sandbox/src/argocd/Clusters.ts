import { join } from 'node:path';
import { type Cluster } from '../cluster/Cluster';
import { ClusterStore } from '../cluster/ClusterStore';
import { Workloads, type WorkloadTimings } from '../cluster/Workloads';
import { type ImageRegistry } from '../registry/ImageRegistry';
import { type AppProject } from './AppProject';
import { CONTROL_PLANE, type Destination } from './Application';
import { Connections } from './Connections';
import { type WorkloadFaults } from './WorkloadFaults';
import { trackingApplication } from './tracking';

const IN_CLUSTER = {
  name: 'in-cluster',
  server: 'https://kubernetes.default.svc',
};

/** Every Argo CD has it, and it allows everything. */
const DEFAULT_PROJECT: AppProject = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AppProject',
  metadata: { name: 'default', namespace: CONTROL_PLANE },
  spec: {
    sourceRepos: ['*'],
    destinations: [{ server: '*', namespace: '*' }],
    clusterResourceWhitelist: [{ group: '*', kind: '*' }],
  },
};

/** The clusters Argo CD knows, whoever runs them. */
export type KnownClusters = Pick<
  Clusters,
  'all' | 'control' | 'connections' | 'find' | 'project'
>;

/** The clusters Argo CD knows; Applications and AppProjects live in its own, `control`. */
export class Clusters {
  readonly all: readonly Cluster[];
  readonly control: Cluster;
  readonly connections = new Connections();
  readonly #stores: readonly ClusterStore[];
  readonly #workloads: readonly Workloads[];

  constructor(options: {
    folder: string;
    clusters: readonly { name: string; server: string }[];
    registry: ImageRegistry;
    timings: WorkloadTimings;
    faults: WorkloadFaults;
  }) {
    const others = options.clusters.filter(
      ({ server }) => server !== IN_CLUSTER.server,
    );
    this.#stores = [IN_CLUSTER, ...others].map(
      cluster =>
        new ClusterStore(join(options.folder, `${cluster.name}.json`), cluster),
    );
    this.all = this.#stores.map(({ cluster }) => cluster);
    this.control = this.all[0] as Cluster;
    this.#workloads = this.all.map(
      cluster =>
        new Workloads(
          cluster,
          {
            registry: options.registry,
            crashingSince: deployment =>
              options.faults.crashingSince(trackingApplication(deployment)),
            pullFails: workload =>
              options.faults.refusesImages(trackingApplication(workload)),
            jobFails: job =>
              options.faults.failsHooks(trackingApplication(job)),
          },
          options.timings,
        ),
    );
    this.control.apply(DEFAULT_PROJECT);
  }

  find({ server, name }: Destination): Cluster | undefined {
    return this.all.find(cluster =>
      server ? cluster.server === server : cluster.name === name,
    );
  }

  project(name: string): AppProject | undefined {
    return this.control.get({
      group: 'argoproj.io',
      kind: 'AppProject',
      namespace: CONTROL_PLANE,
      name,
    }) as AppProject | undefined;
  }

  /** For when something that workloads ask about changed. */
  lookAtWorkloads(): void {
    this.#workloads.forEach(workloads => workloads.lookAtAll());
  }

  stop(): void {
    this.#workloads.forEach(workloads => workloads.stop());
    this.#stores.forEach(store => store.stop());
  }
}
