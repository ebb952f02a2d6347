import { createHmac, randomUUID } from 'node:crypto';
import { type Log } from '../Log';
import { type Store } from './Store';
import { type HookRecord, type RepositoryRecord } from './records';

/** An event that was sent, and what became of it. */
export interface Delivery {
  readonly id: number;
  readonly guid: string;
  readonly event: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly durationMs: number;
  /** Of the answer; 0 where there was none. */
  readonly status: number;
  readonly repositoryId: number | null;
}

/** An event of a repository, as GitHub would tell of it. */
interface HostingEvent {
  /** Such as `push`. */
  readonly name: string;
  readonly repository: RepositoryRecord;
  payload(): Promise<object>;
}

/** An event on its way. */
interface Sent {
  readonly name: string;
  readonly payload: object;
  readonly repositoryId: number | null;
}

const TIMEOUT_MS = 10_000;
const KEPT_DELIVERIES = 30;

/**
 * Posts events to everybody who asked for them: signed, in order for each
 * receiver, once each. A receiver that is away is mentioned once, not each time.
 */
export class Webhooks {
  readonly #store: Store;
  readonly #log: Log;
  readonly #queues = new Map<string, Promise<void>>();
  readonly #unreachable = new Set<string>();
  readonly #deliveries = new Map<number, Delivery[]>();
  readonly #closing = new AbortController();

  constructor(store: Store, log: Log) {
    this.#store = store;
    this.#log = log;
  }

  /**
   * Tells of an event. What it says is worked out only if somebody listens.
   */
  async emit(event: HostingEvent): Promise<void> {
    const targets = this.#targetsOf(event);
    if (targets.length === 0) return;
    const { name, repository } = event;
    const payload = await event.payload();
    const sent = { name, payload, repositoryId: repository.id };
    for (const target of targets) this.#enqueue(target, sent);
  }

  /** Sends one event to one receiver, as the `pings` call does. */
  ping(target: HookRecord, payload: object): void {
    this.#enqueue(target, { name: 'ping', payload, repositoryId: null });
  }

  /** What a hook was sent since the start, the newest first. */
  deliveriesOf(hookId: number): readonly Delivery[] {
    return this.#deliveries.get(hookId) ?? [];
  }

  close(): void {
    this.#closing.abort();
  }

  #targetsOf({ name, repository }: HostingEvent): HookRecord[] {
    const { organizationHooks } = this.#store.state;
    return [
      ...repository.hooks,
      ...(organizationHooks[repository.owner] ?? []),
    ].filter(
      hook =>
        hook.active &&
        (hook.events.includes(name) || hook.events.includes('*')),
    );
  }

  #enqueue(target: HookRecord, event: Sent): void {
    const before = this.#queues.get(target.url) ?? Promise.resolve();
    const delivery = before.then(() => this.#deliver(target, event));
    this.#queues.set(target.url, delivery);
  }

  async #deliver(target: HookRecord, event: Sent): Promise<void> {
    if (this.#closing.signal.aborted) return;
    const guid = randomUUID();
    const began = Date.now();
    const note = (status: number) =>
      this.#note(target, {
        id: this.#store.nextId(),
        guid,
        event: event.name,
        at: new Date(began).toISOString(),
        durationMs: Date.now() - began,
        status,
        repositoryId: event.repositoryId,
      });
    try {
      const signal = this.#closing.signal;
      const response = await post(target, event, { guid, signal });
      note(response.status);
      if (response.ok) this.#unreachable.delete(target.url);
      else this.#mention(target, `answers ${response.status}`);
    } catch {
      note(0);
      this.#mention(target, 'cannot be reached');
    }
  }

  #note({ id }: HookRecord, delivery: Delivery): void {
    const deliveries = [delivery, ...this.deliveriesOf(id)];
    this.#deliveries.set(id, deliveries.slice(0, KEPT_DELIVERIES));
  }

  #mention(target: HookRecord, trouble: string): void {
    if (this.#closing.signal.aborted || this.#unreachable.has(target.url)) {
      return;
    }
    this.#unreachable.add(target.url);
    this.#log(`Webhook ${target.url} ${trouble}`);
  }
}

async function post(
  target: HookRecord,
  event: Sent,
  delivery: { guid: string; signal: AbortSignal },
): Promise<Response> {
  const json = JSON.stringify(event.payload);
  const form = target.contentType === 'form';
  const body = form ? new URLSearchParams({ payload: json }).toString() : json;
  const sign = (hash: 'sha1' | 'sha256', secret: string) =>
    `${hash}=${createHmac(hash, secret).update(body).digest('hex')}`;
  const response = await fetch(target.url, {
    method: 'POST',
    body,
    headers: {
      'content-type': form
        ? 'application/x-www-form-urlencoded'
        : 'application/json',
      'user-agent': 'GitHub-Hookshot/sandbox',
      'x-github-delivery': delivery.guid,
      'x-github-event': event.name,
      ...(target.secret && {
        'x-hub-signature': sign('sha1', target.secret),
        'x-hub-signature-256': sign('sha256', target.secret),
      }),
    },
    signal: AbortSignal.any([delivery.signal, AbortSignal.timeout(TIMEOUT_MS)]),
  });
  await response.arrayBuffer();
  return response;
}
