import { createHash } from 'node:crypto';
import { type Log } from '../../Log';
import { type Cluster, type ClusterEvent } from '../../cluster/Cluster';
import {
  keyOf,
  type KubeObject,
  refOf,
  type ResourceRef,
} from '../../cluster/KubeObject';
import {
  type Application,
  isApplication,
  type Operation,
  projectOf,
  REFRESH,
  sourceOf,
} from '../Application';
import { type Clusters } from '../Clusters';
import { audit, auditStatus } from '../audit';
import { windowsOf } from '../syncWindows';
import { type Bootstrap } from './Bootstrap';
import { type Operations } from './Operations';
import {
  HARD,
  type Level,
  LIVE,
  LOOK,
  NORMAL,
  type Reconciler,
} from './Reconciler';
import { Timers } from './Timers';
import { WorkQueue } from './WorkQueue';
import { deleteResources } from './deleteResources';
import { trackerOf } from './trackerOf';
import {
  updateApplication,
  withOperation,
  withRefresh,
} from './updateApplication';
import { withComparison } from './withComparison';

const AT_ONCE = 8;
/** Changes in a cluster come in bursts; one look after each burst is enough. */
const BURST_MS = 50;
const BOOTSTRAP_RETRY_MS = 1_000;

/** What was seen of an Application last, to tell what changed. */
interface Seen {
  ref: ResourceRef;
  spec: string;
  operating: boolean;
}

/**
 * Keeps every Application's status true and its cluster as Git says: reacts to
 * changes of Applications, projects and clusters at once, looks at Git when
 * asked and every now and then by itself.
 */
export class ApplicationController {
  readonly #clusters: Clusters;
  readonly #reconciler: Reconciler;
  readonly #operations: Operations;
  readonly #bootstrap: Bootstrap;
  readonly #lookOutIntervalMs: number;
  readonly #log: Log;
  readonly #queue: WorkQueue<Level>;
  readonly #seen = new Map<string, Seen>();
  readonly #timers = new Timers();
  readonly #bursts = new Set<string>();
  #stopListening: (() => void)[] = [];

  constructor(parts: {
    clusters: Clusters;
    reconciler: Reconciler;
    operations: Operations;
    bootstrap: Bootstrap;
    lookOutIntervalMs: number;
    log: Log;
  }) {
    this.#clusters = parts.clusters;
    this.#reconciler = parts.reconciler;
    this.#operations = parts.operations;
    this.#bootstrap = parts.bootstrap;
    this.#lookOutIntervalMs = parts.lookOutIntervalMs;
    this.#log = parts.log;
    this.#queue = new WorkQueue<Level>(AT_ONCE, (key, level) =>
      this.#work(key, level),
    );
  }

  start(): void {
    const { all, control } = this.#clusters;
    this.#stopListening = all.map(cluster =>
      cluster.onChange(event => {
        this.#onObject(cluster, event);
        if (cluster === control) this.#onControl(event);
      }),
    );
    for (const object of control.list(isApplication)) {
      this.#onControl({ type: 'ADDED', object });
    }
    void this.#lookAtBootstrap(0);
  }

  async stop(): Promise<void> {
    this.#stopListening.forEach(stopListening => stopListening());
    this.#timers.stop();
    await Promise.all([this.#operations.stop(), this.#queue.stop()]);
  }

  /** Looks at Git for one application; the Application's refresh annotation goes when it is done. */
  refresh(ref: ResourceRef, kind: 'normal' | 'hard'): void {
    const before = this.#application(ref);
    const after = updateApplication(this.#clusters.control, ref, application =>
      withRefresh(application, kind),
    );
    // Somebody asked already: what is under way may have begun before this question.
    if (after && after === before) {
      this.#queue.add(keyOf(ref), kind === 'hard' ? HARD : NORMAL);
    }
  }

  /** Looks again at every application that is deployed to a cluster. */
  lookAtCluster(cluster: Cluster): void {
    for (const [key, { ref }] of this.#seen) {
      const { destination } = this.#application(ref)?.spec ?? {};
      if (destination && this.#clusters.find(destination) === cluster) {
        this.#queue.add(key, NORMAL);
      }
    }
  }

  /** Looks at Git for everything and resolves when all that follows at once has been done. */
  async reconcileAll(): Promise<void> {
    await this.#bootstrap.look(0);
    for (const key of this.#seen.keys()) this.#queue.add(key, NORMAL);
    while (this.#queue.size + this.#operations.size + this.#bursts.size > 0) {
      await this.#queue.idle();
      await this.#operations.idle();
      await new Promise(resolve => setTimeout(resolve, BURST_MS / 2));
    }
  }

  #onObject(cluster: Cluster, { object }: ClusterEvent): void {
    if (object.kind === 'AppProject') this.#onProject(object.metadata.name);
    const name = trackerOf(object, cluster);
    if (!name) return;
    for (const [key, { ref }] of this.#seen) {
      if (ref.name === name) this.#afterBurst(key);
    }
  }

  #onProject(name: string): void {
    for (const [key, { ref }] of this.#seen) {
      const application = this.#application(ref);
      if (application && projectOf(application) === name) this.#afterBurst(key);
    }
  }

  #onControl({ type, object }: { type: string; object: KubeObject }): void {
    if (!isApplication(object)) return;
    const ref = refOf(object);
    const key = keyOf(ref);
    if (type === 'DELETED') {
      this.#forget(key, ref);
      return;
    }
    const before = this.#seen.get(key);
    const { annotations, deletionTimestamp } = object.metadata;
    const now: Seen = {
      ref,
      spec: JSON.stringify([object.spec, deletionTimestamp]),
      operating: !!object.operation,
    };
    this.#seen.set(key, now);
    const refresh = annotations?.[REFRESH];
    if (refresh === 'hard') this.#queue.add(key, HARD);
    else if (refresh || before?.spec !== now.spec) this.#queue.add(key, NORMAL);
    else if (before.operating && !now.operating) this.#queue.add(key, LIVE);
    if (now.operating) this.#operations.start(ref);
  }

  #forget(key: string, ref: ResourceRef): void {
    this.#seen.delete(key);
    this.#bursts.delete(key);
    this.#reconciler.forget(ref);
    for (const name of ['burst', 'look', 'heal']) {
      this.#timers.clear(`${name} ${key}`);
    }
  }

  #afterBurst(key: string): void {
    if (this.#bursts.has(key)) return;
    this.#bursts.add(key);
    this.#timers.set(`burst ${key}`, BURST_MS, () => {
      this.#queue.add(key, LIVE);
      this.#bursts.delete(key);
    });
  }

  async #work(key: string, level: Level): Promise<void> {
    const ref = this.#seen.get(key)?.ref;
    const application = ref && this.#application(ref);
    if (!application) return;
    if (application.metadata.deletionTimestamp) {
      const released = deleteResources(application, this.#clusters);
      if (released) this.#clusters.control.put(released);
      return;
    }
    if (level > LIVE) {
      await this.#lookAtOwnRepository(application, level);
      this.#lookLater(key);
    }
    await this.#compare(application, level);
  }

  async #compare(application: Application, level: Level): Promise<void> {
    const ref = refOf(application);
    const key = keyOf(ref);
    const outcome = await this.#reconciler.reconcile(application, level);
    let heal: number | undefined;
    updateApplication(this.#clusters.control, ref, current => {
      const look = { level, now: Date.now() };
      const result = withComparison(current, outcome, look);
      const answered =
        application.metadata.annotations?.[REFRESH] && !this.#queue.waits(key);
      const next = answered
        ? withRefresh(result.application, undefined)
        : result.application;
      if (result.plan.do === 'wait') heal = result.plan.ms;
      auditStatus(this.#clusters.control, current, next);
      return result.plan.do === 'sync'
        ? this.#startSync(next, result.plan.operation)
        : next;
    });
    if (heal !== undefined) {
      this.#timers.set(`heal ${key}`, heal, () => this.#queue.add(key, LIVE));
    }
  }

  #startSync(application: Application, operation: Operation): Application {
    const windows = windowsOf(application, this.#clusters, new Date());
    // Argo CD says nothing about it either: the application stays out of sync.
    if (!windows.canAutoSync) return application;
    const message = `Initiated automated sync to '${
      operation.sync?.revision ?? ''
    }'`;
    audit(this.#clusters.control, application, {
      reason: 'OperationStarted',
      message,
    });
    this.#log(`${application.metadata.name}: ${message}`);
    return withOperation(application, operation);
  }

  async #lookAtOwnRepository(
    application: Application,
    level: Level,
  ): Promise<void> {
    if (sourceOf(application).repoURL !== this.#bootstrap.repoURL) return;
    await this.#bootstrap.look(
      level === LOOK ? this.#lookOutIntervalMs / 2 : 0,
    );
  }

  /** Every application at its own time, so that they do not all ask Git at once. */
  #lookLater(key: string): void {
    const byte = createHash('sha256').update(key).digest()[0] ?? 0;
    const jitter = (this.#lookOutIntervalMs / 4) * (byte / 255);
    this.#timers.set(`look ${key}`, this.#lookOutIntervalMs + jitter, () =>
      this.#queue.add(key, LOOK),
    );
  }

  async #lookAtBootstrap(maxAgeMs: number): Promise<void> {
    const found = await this.#bootstrap.look(maxAgeMs);
    const again = found ? this.#lookOutIntervalMs : BOOTSTRAP_RETRY_MS;
    this.#timers.set('bootstrap', again, () => {
      void this.#lookAtBootstrap(this.#lookOutIntervalMs / 2);
    });
  }

  #application(ref: ResourceRef): Application | undefined {
    return this.#clusters.control.get(ref) as Application | undefined;
  }
}
