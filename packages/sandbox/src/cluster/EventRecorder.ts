import { randomUUID } from 'node:crypto';
import { groupOf, type KubeObject, timestamp } from './KubeObject';

/** What an event is about. */
export interface InvolvedObject {
  apiVersion: string;
  kind: string;
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
}

/** Something that happened to an object, in the words of whoever did it. */
export interface Happening {
  reason: string;
  message: string;
  type: 'Normal' | 'Warning';
  source: { component: string; host?: string };
}

/** Kubernetes' Event (core/v1), as far as somebody looks into it. */
export interface KubeEvent extends Happening {
  metadata: {
    name: string;
    namespace: string;
    uid: string;
    creationTimestamp: string;
    annotations?: Record<string, string>;
  };
  involvedObject: InvolvedObject;
  firstTimestamp: string;
  lastTimestamp: string;
  count: number;
}

/** `--event-ttl` of an API server that nobody configured. */
const KEPT_MS = 60 * 60 * 1000;

/** The events of a cluster: an hour of them, and one that happens again is counted. */
export class EventRecorder {
  #events: KubeEvent[];

  constructor(events: readonly KubeEvent[] = []) {
    this.#events = [...events];
  }

  /** Everything that is not older than an hour. */
  get all(): readonly KubeEvent[] {
    const oldest = timestamp(Date.now() - KEPT_MS);
    this.#events = this.#events.filter(
      ({ lastTimestamp }) => lastTimestamp >= oldest,
    );
    return this.#events;
  }

  record(
    about: InvolvedObject,
    happening: Happening,
    annotations?: Record<string, string>,
  ): void {
    const now = timestamp(Date.now());
    const again = this.all.find(event => isSame(event, about, happening));
    if (again) {
      again.count += 1;
      again.lastTimestamp = now;
      return;
    }
    const namespace = about.namespace ?? 'default';
    const nanoseconds = process.hrtime.bigint().toString(16);
    this.#events.push({
      metadata: {
        name: `${about.name}.${nanoseconds}`,
        namespace,
        uid: randomUUID(),
        creationTimestamp: now,
        ...(annotations ? { annotations } : {}),
      },
      involvedObject: about,
      ...happening,
      firstTimestamp: now,
      lastTimestamp: now,
      count: 1,
    });
  }

  /** The events of one object, which its uid tells from others that had its name. */
  about(object: { namespace: string; name: string; uid: string }): KubeEvent[] {
    return this.all.filter(
      ({ involvedObject: { namespace = '', name, uid = '' } }) =>
        namespace === object.namespace &&
        name === object.name &&
        uid === object.uid,
    );
  }
}

export function involved({ apiVersion, kind, metadata }: KubeObject) {
  const { name, namespace, uid, resourceVersion } = metadata;
  return { apiVersion, kind, name, namespace, uid, resourceVersion };
}

/** Argo CD's audit events are each for themselves; client-go's are counted. */
function isSame(
  event: KubeEvent,
  about: InvolvedObject,
  happening: Happening,
): boolean {
  return (
    groupOf(about.apiVersion) !== 'argoproj.io' &&
    event.involvedObject.uid === about.uid &&
    event.reason === happening.reason &&
    event.message === happening.message
  );
}
