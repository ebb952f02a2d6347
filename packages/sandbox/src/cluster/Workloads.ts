import { type ImageRegistry } from '../registry/ImageRegistry';
import { type Cluster } from './Cluster';
import { type Deployment, type Pod, type ReplicaSet } from './Deployment';
import { keyOf, type KubeObject, refOf, type ResourceRef } from './KubeObject';
import {
  type BornPod,
  type RolloutRules,
  type RolloutStep,
  type RolloutView,
} from './RolloutView';
import { rollDeployment } from './rollDeployment';
import { type Job, runJob } from './runJob';
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
  /** Whether no image of this Deployment or Job can be pulled, whatever the registry has. */
  pullFails?(workload: KubeObject): boolean;
  jobFails?(job: KubeObject): boolean;
}

/** Steps after which a rollout that never settles is left until something changes. */
const MAX_STEPS = 50;

/** Runs a cluster's Deployments and Jobs: does what `rollDeployment` and `runJob` say, when something changed or time has come. */
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
      const owner = workloadOf(object);
      if (owner && type !== 'MODIFIED') this.#look(owner, 0);
      else if (isWorkload(object)) this.#look(refOf(object), 0);
    });
    this.lookAtAll();
  }

  /** For when something else than an object changed. */
  lookAtAll(): void {
    for (const object of this.#cluster.list(isWorkload)) {
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
      const next = this.#step(ref);
      if (!next) return;
      wakeAt = next.wakeAt;
      if (next.put.length + next.remove.length === 0) break;
      next.remove.forEach(object => this.#cluster.delete(refOf(object)));
      next.put.forEach(object => this.#cluster.put(object));
    }
    // Storing the steps made the listener ask for another look: this one is up to date.
    if (wakeAt === undefined) clearTimeout(this.#timers.get(keyOf(ref)));
    else this.#look(ref, Math.max(5, wakeAt - Date.now()));
  }

  #step(ref: ResourceRef): RolloutStep | undefined {
    const object = this.#cluster.get(ref);
    if (!object) return undefined;
    const { registry, pullFails } = this.#surroundings;
    const canPull = !pullFails?.(object);
    const rules: RolloutRules = {
      now: Date.now(),
      ...this.#timings,
      nodes: nodesOf(this.#cluster),
      crashingSince: this.#surroundings.crashingSince?.(object),
      hasImage: image => canPull && registry.has(image),
    };
    if (object.kind === 'Deployment') {
      return rollDeployment(this.#view(object as Deployment), rules);
    }
    const [pod] = this.#pods(object);
    const jobFails = this.#surroundings.jobFails?.(object) ?? false;
    return runJob({ job: object as Job, pod }, { ...rules, jobFails });
  }

  #view(deployment: Deployment): RolloutView {
    return {
      deployment,
      replicaSets: this.#cluster.ownedBy(deployment).map(set => ({
        object: set as ReplicaSet,
        pods: this.#pods(set),
      })),
    };
  }

  #pods(owner: KubeObject): BornPod[] {
    return this.#cluster.ownedBy(owner).map(pod => ({
      object: pod as Pod,
      bornAt: this.#cluster.bornAt(pod),
    }));
  }
}

function nodesOf({ name }: Cluster): string[] {
  return [1, 2, 3].map(number => `${name}-node-${number}`);
}

function isWorkload({ kind }: KubeObject): boolean {
  return kind === 'Deployment' || kind === 'Job';
}

/** The Deployment or Job a pod or ReplicaSet that came or went belongs to. A ReplicaSet is named after its Deployment and a hash. */
function workloadOf(object: KubeObject): ResourceRef | undefined {
  const owner = object.metadata.ownerReferences?.[0];
  const { namespace = '' } = object.metadata;
  if (owner?.kind === 'Job') {
    return { group: 'batch', kind: 'Job', namespace, name: owner.name };
  }
  if (owner?.kind !== 'ReplicaSet' && owner?.kind !== 'Deployment') {
    return undefined;
  }
  return {
    group: 'apps',
    kind: 'Deployment',
    namespace,
    name:
      owner.kind === 'Deployment'
        ? owner.name
        : owner.name.slice(0, owner.name.lastIndexOf('-')),
  };
}
