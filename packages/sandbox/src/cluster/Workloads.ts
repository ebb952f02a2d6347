import { type ImageRegistry } from '../registry/ImageRegistry';
import { type Cluster } from './Cluster';
import { type Deployment, type Pod, type ReplicaSet } from './Deployment';
import { keyOf, type KubeObject, refOf, type ResourceRef } from './KubeObject';
import { type RolloutView } from './RolloutView';
import { rollDeployment } from './rollDeployment';
import { workloadEvents } from './workloadEvents';

export interface WorkloadTimings {
  readyAfterMs: number;
  progressDeadlineMs: number;
  crashBackoffMs: number;
}

/** What Workloads asks the world about. */
interface Surroundings {
  registry: ImageRegistry;
  /** Since when everything of this Deployment crashes, in milliseconds since the epoch. */
  crashingSince?(deployment: KubeObject): number | undefined;
}

/** Steps after which a rollout that never settles is left until something changes. */
const MAX_STEPS = 50;

/** Runs a cluster's Deployments: does what `rollDeployment` says, when something changed or time has come. */
export class Workloads {
  readonly #cluster: Cluster;
  readonly #surroundings: Surroundings;
  readonly #timings: WorkloadTimings;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #stopListening: () => void;

  constructor(
    cluster: Cluster,
    surroundings: Surroundings,
    timings: WorkloadTimings,
  ) {
    this.#cluster = cluster;
    this.#surroundings = surroundings;
    this.#timings = timings;
    this.#stopListening = cluster.onChange(change => {
      for (const { about, happening } of workloadEvents(change)) {
        cluster.events.record(about, happening);
      }
      const { type, object } = change;
      const deployment = deploymentOf(object);
      if (deployment && type !== 'MODIFIED') this.#look(deployment, 0);
      else if (object.kind === 'Deployment') this.#look(refOf(object), 0);
    });
    this.lookAtAll();
  }

  /** For when something else than an object changed. */
  lookAtAll(): void {
    for (const object of this.#cluster.list(isDeployment)) {
      this.#look(refOf(object), 0);
    }
  }

  stop(): void {
    this.#stopListening();
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #look(ref: ResourceRef, inMs: number): void {
    const key = keyOf(ref);
    clearTimeout(this.#timers.get(key));
    const timer = setTimeout(() => {
      this.#timers.delete(key);
      this.#roll(ref);
    }, inMs);
    this.#timers.set(key, timer.unref());
  }

  #roll(ref: ResourceRef): void {
    let wakeAt: number | undefined;
    for (let step = 0; step < MAX_STEPS; step++) {
      const view = this.#view(ref);
      if (!view) return;
      const next = rollDeployment(view, {
        now: Date.now(),
        ...this.#timings,
        nodes: nodesOf(this.#cluster),
        crashingSince: this.#surroundings.crashingSince?.(view.deployment),
        hasImage: image => this.#surroundings.registry.has(image),
      });
      wakeAt = next.wakeAt;
      if (next.put.length + next.remove.length === 0) break;
      next.remove.forEach(object => this.#cluster.delete(refOf(object)));
      next.put.forEach(object => this.#cluster.put(object));
    }
    // Storing the steps made the listener ask for another look: this one is up to date.
    if (wakeAt === undefined) clearTimeout(this.#timers.get(keyOf(ref)));
    else this.#look(ref, Math.max(5, wakeAt - Date.now()));
  }

  #view(ref: ResourceRef): RolloutView | undefined {
    const deployment = this.#cluster.get(ref) as Deployment | undefined;
    if (!deployment) return undefined;
    return {
      deployment,
      replicaSets: this.#cluster.ownedBy(deployment).map(set => ({
        object: set as ReplicaSet,
        pods: this.#cluster.ownedBy(set).map(pod => ({
          object: pod as Pod,
          bornAt: this.#cluster.bornAt(pod),
        })),
      })),
    };
  }
}

function nodesOf({ name }: Cluster): string[] {
  return [1, 2, 3].map(number => `${name}-node-${number}`);
}

function isDeployment(object: KubeObject): boolean {
  return object.kind === 'Deployment';
}

/** The Deployment a pod or ReplicaSet that came or went belongs to. A ReplicaSet is named after its Deployment and a hash. */
function deploymentOf(object: KubeObject): ResourceRef | undefined {
  const owner = object.metadata.ownerReferences?.[0];
  if (owner?.kind !== 'ReplicaSet' && owner?.kind !== 'Deployment') {
    return undefined;
  }
  return {
    group: 'apps',
    kind: 'Deployment',
    namespace: object.metadata.namespace ?? '',
    name:
      owner.kind === 'Deployment'
        ? owner.name
        : owner.name.slice(0, owner.name.lastIndexOf('-')),
  };
}
