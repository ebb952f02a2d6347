import { randomUUID } from 'node:crypto';
import { EventRecorder, type KubeEvent } from './EventRecorder';
import {
  isClusterScoped,
  keyOf,
  type KubeObject,
  refOf,
  type ResourceRef,
  timestamp,
} from './KubeObject';
import { applyDefaults } from './applyDefaults';
import { LAST_APPLIED, mergeManifest } from './mergeManifest';

export interface ClusterEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: KubeObject;
  /** The object as it was stored before; undefined for one that is new. */
  before?: KubeObject;
}

export interface ClusterState {
  resourceVersion: number;
  objects: { object: KubeObject; bornAt: number }[];
  events?: readonly KubeEvent[];
}

type Applied = 'created' | 'configured' | 'unchanged';

/**
 * The API server of one simulated cluster: objects in memory with Kubernetes'
 * rules for versions, owners and finalizers. It runs nothing; `Workloads` does.
 * Stored objects are never changed in place.
 */
export class Cluster {
  readonly name: string;
  readonly server: string;
  readonly events: EventRecorder;
  readonly #objects = new Map<string, { object: KubeObject; bornAt: number }>();
  readonly #byOwner = new Map<string, Set<string>>();
  readonly #listeners = new Set<(event: ClusterEvent) => void>();
  #resourceVersion = 1000;

  constructor(cluster: { name: string; server: string; state?: ClusterState }) {
    this.name = cluster.name;
    this.server = cluster.server;
    this.events = new EventRecorder(cluster.state?.events);
    this.#resourceVersion = cluster.state?.resourceVersion ?? 1000;
    for (const stored of cluster.state?.objects ?? []) {
      this.#remember(stored.object, stored.bornAt);
    }
  }

  get resourceVersion(): string {
    return String(this.#resourceVersion);
  }

  get state(): ClusterState {
    return {
      resourceVersion: this.#resourceVersion,
      objects: [...this.#objects.values()],
      events: this.events.all,
    };
  }

  get(ref: ResourceRef): KubeObject | undefined {
    return this.#objects.get(keyOf(ref))?.object;
  }

  /** When the object was stored first, in milliseconds since the epoch. */
  bornAt(object: KubeObject): number {
    return this.#objects.get(keyOf(refOf(object)))?.bornAt ?? 0;
  }

  list(filter: (object: KubeObject) => boolean = () => true): KubeObject[] {
    return [...this.#objects.values()]
      .map(({ object }) => object)
      .filter(filter);
  }

  ownedBy(owner: KubeObject): KubeObject[] {
    const keys = this.#byOwner.get(owner.metadata.uid ?? '') ?? [];
    return [...keys].flatMap(key => this.#objects.get(key)?.object ?? []);
  }

  /** What applying this manifest would make of the live object; the live object itself if nothing changes. */
  predict(manifest: KubeObject): KubeObject {
    const live = this.get(refOf(manifest));
    if (live) return applyDefaults(mergeManifest(live, manifest));
    const annotations = {
      ...manifest.metadata.annotations,
      [LAST_APPLIED]: JSON.stringify(manifest),
    };
    return applyDefaults({
      ...structuredClone(manifest),
      metadata: { ...manifest.metadata, annotations },
    });
  }

  apply(manifest: KubeObject): Applied {
    const live = this.get(refOf(manifest));
    const stored = this.put(this.predict(manifest));
    if (!live) return 'created';
    return stored === live ? 'unchanged' : 'configured';
  }

  /** Stores an object as given; a change of anything but status and metadata is a new generation. */
  put(object: KubeObject): KubeObject {
    const ref = refOf(object);
    const live = this.get(ref);
    if (live && same(live, object)) return live;
    const stored = this.#stamp(object, live);
    this.#remember(stored, live ? this.bornAt(live) : Date.now());
    const type = live ? 'MODIFIED' : 'ADDED';
    this.#emit({ type, object: stored, before: live });
    if (
      stored.metadata.deletionTimestamp &&
      !stored.metadata.finalizers?.length
    ) {
      this.#remove(stored);
    }
    return stored;
  }

  /** Deletes as the API server does: at once, or marked until the last finalizer is gone. */
  delete(ref: ResourceRef): boolean {
    const live = this.get(ref);
    if (!live) return false;
    if (!live.metadata.finalizers?.length) {
      this.#remove(live);
    } else if (!live.metadata.deletionTimestamp) {
      const deletionTimestamp = timestamp(Date.now());
      this.put({ ...live, metadata: { ...live.metadata, deletionTimestamp } });
    }
    return true;
  }

  hasNamespace(name: string): boolean {
    return (
      ['default', 'argocd', 'kube-system'].includes(name) ||
      !!this.get({ group: '', kind: 'Namespace', namespace: '', name })
    );
  }

  onChange(listener: (event: ClusterEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #stamp(object: KubeObject, live: KubeObject | undefined): KubeObject {
    const specChanged =
      !live || !same(withoutStatus(live), withoutStatus(object));
    const generation = live?.metadata.generation ?? 0;
    this.#resourceVersion += 1;
    return {
      ...object,
      metadata: {
        ...object.metadata,
        uid: live?.metadata.uid ?? randomUUID(),
        creationTimestamp:
          live?.metadata.creationTimestamp ?? timestamp(Date.now()),
        generation: specChanged ? generation + 1 : generation,
        resourceVersion: String(this.#resourceVersion),
      },
    };
  }

  #remember(object: KubeObject, bornAt: number): void {
    const key = keyOf(refOf(object));
    this.#objects.set(key, { object, bornAt });
    for (const owner of object.metadata.ownerReferences ?? []) {
      const owned = this.#byOwner.get(owner.uid) ?? new Set();
      this.#byOwner.set(owner.uid, owned.add(key));
    }
  }

  #remove(object: KubeObject): void {
    const key = keyOf(refOf(object));
    const owned = this.ownedBy(object);
    this.#objects.delete(key);
    this.#byOwner.delete(object.metadata.uid ?? '');
    for (const owner of object.metadata.ownerReferences ?? []) {
      this.#byOwner.get(owner.uid)?.delete(key);
    }
    this.#resourceVersion += 1;
    this.#emit({ type: 'DELETED', object });
    if (object.kind === 'Namespace') this.#empty(object.metadata.name);
    for (const child of owned) this.delete(refOf(child));
  }

  #empty(namespace: string): void {
    const inside = this.list(
      object =>
        !isClusterScoped(object.kind) &&
        object.metadata.namespace === namespace,
    );
    for (const object of inside) this.delete(refOf(object));
  }

  #emit(event: ClusterEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

function withoutStatus({ status: _, metadata: __, ...rest }: KubeObject) {
  return rest;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
