import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Log } from '../Log';
import { Kustomize } from '../kustomize/Kustomize';
import { type ImageRegistry } from '../registry/ImageRegistry';
import { Clusters } from './Clusters';
import { Trouble } from './Trouble';
import { WorkloadFaults } from './WorkloadFaults';
import { type Faults } from './api/Faults';
import { type Traffic } from './api/Traffic';
import { ApplicationController } from './controller/ApplicationController';
import { Bootstrap } from './controller/Bootstrap';
import { Operations } from './controller/Operations';
import { Reconciler } from './controller/Reconciler';
import { SyncAttempts } from './controller/SyncAttempts';
import { Checkouts } from './repositories/Checkouts';
import { Manifests } from './repositories/Manifests';
import { Repositories } from './repositories/Repositories';
import { gitEnvironment } from './repositories/git';
import { startApi } from './startApi';

export interface ArgoCdOptions {
  /** Where clusters and mirrors are kept; a restart on the same folder finds them as they were. */
  dataDir: string;
  /** 0 takes any free one. */
  port: number;
  log: Log;
  registry: ImageRegistry;
  /** The Git hosting and the token that is sent to it, and to nobody else. */
  git: { url: string; token: string };
  /** Clusters besides Argo CD's own. */
  clusters: { name: string; server: string }[];
  /** Files applied at start and whenever that repository changed, as a person would by hand. */
  bootstrap: { repoURL: string; paths: string[] };
  /** How often Argo CD looks at Git by itself, in milliseconds; 60 s. */
  lookOutIntervalMs?: number;
  /** How long a pod takes to become ready, in milliseconds; 2 s. */
  readyAfterMs?: number;
  /** When a Deployment that does not get on is given up, in milliseconds; 20 s. */
  progressDeadlineMs?: number;
  /** The first pause between two starts of a container that crashes, in milliseconds; 10 s. */
  crashBackoffMs?: number;
  /** The emulated Argo CD, which decides what `fields` may name; `v3.3.14`. */
  version?: string;
  /** Lines of `argocd-rbac-cm` instead of the sandbox's own. */
  policy?: string;
}

/** A running simulated Argo CD. */
export interface ArgoCd {
  readonly url: string;
  stop(): Promise<void>;
  /** Looks at Git for everything and resolves when all that follows at once has been done. */
  reconcileAll(): Promise<void>;
  readonly faults: Faults;
  readonly traffic: Traffic;
  readonly trouble: Trouble;
}

/**
 * Starts a simulated Argo CD: real HTTP API, real Git, real kustomize;
 * only the clusters are made up.
 */
export async function startArgoCd(options: ArgoCdOptions): Promise<ArgoCd> {
  const engine = await startEngine(options);
  const { clusters, controller, operations } = engine;
  const trouble = new Trouble(engine);
  const platform = {
    url: options.bootstrap.repoURL,
    connection: () => engine.repositories.connection(options.bootstrap.repoURL),
  };
  const api = await startApi(engine, { ...options, trouble, platform });
  controller.start();
  return {
    url: api.url,
    faults: api.faults,
    traffic: api.traffic,
    trouble,
    reconcileAll: () => controller.reconcileAll(),
    async stop() {
      await api.stop();
      await controller.stop();
      await operations.idle();
      clusters.stop();
      await engine.checkouts.clear();
    },
  };
}

/** Everything behind the API. */
async function startEngine(options: ArgoCdOptions) {
  const folder = join(options.dataDir, 'argocd');
  const checkoutFolder = join(folder, 'checkouts');
  await rm(checkoutFolder, { recursive: true, force: true });
  const lookOutIntervalMs = options.lookOutIntervalMs ?? 60_000;
  const environment = gitEnvironment(options.git);
  const workloadFaults = new WorkloadFaults();
  const clusters = createClusters(options, folder, workloadFaults);
  const repositories = new Repositories(
    join(folder, 'repositories'),
    environment,
  );
  const checkouts = new Checkouts(checkoutFolder, repositories);
  const kustomize = new Kustomize(environment);
  const reconciler = new Reconciler({
    clusters,
    repositories,
    manifests: new Manifests({
      repositories,
      checkouts,
      kustomize,
      folder: join(folder, 'manifests'),
    }),
    lookOutIntervalMs,
  });
  const operations = new Operations(
    clusters,
    new SyncAttempts(clusters, reconciler),
  );
  const bootstrap = new Bootstrap({
    ...options.bootstrap,
    repositories,
    control: clusters.control,
    log: options.log,
  });
  const controller = new ApplicationController({
    clusters,
    reconciler,
    operations,
    bootstrap,
    lookOutIntervalMs,
    log: options.log,
  });
  return {
    clusters,
    workloadFaults,
    repositories,
    checkouts,
    kustomize,
    reconciler,
    operations,
    controller,
  };
}

function createClusters(
  options: ArgoCdOptions,
  folder: string,
  faults: WorkloadFaults,
): Clusters {
  return new Clusters({
    folder: join(folder, 'clusters'),
    clusters: options.clusters,
    registry: options.registry,
    faults,
    timings: {
      readyAfterMs: options.readyAfterMs ?? 2_000,
      progressDeadlineMs: options.progressDeadlineMs ?? 20_000,
      crashBackoffMs: options.crashBackoffMs ?? 10_000,
    },
  });
}
