import { createHmac, randomUUID } from 'node:crypto';
import { type Log } from '../Log';
import { type Store } from './Store';
import { type HookRecord, type RepositoryRecord } from './records';

/** Where an event goes. */
export interface HookTarget {
  readonly url: string;
  readonly secret?: string | undefined;
  readonly contentType?: HookRecord['contentType'];
}

/** An event of a repository, as GitHub would tell of it. */
interface HostingEvent {
  /** Such as `push`. */
  readonly name: string;
  readonly repository: RepositoryRecord;
  payload(): Promise<object>;
}

const TIMEOUT_MS = 10_000;

/**
 * Posts events to everybody who asked for them: signed, in order for each
 * receiver, once each. A receiver that is away is mentioned once, not each time.
 */
export class Webhooks {
  readonly #store: Store;
  readonly #log: Log;
  readonly #always: HookTarget | undefined;
  readonly #queues = new Map<string, Promise<void>>();
  readonly #unreachable = new Set<string>();
  readonly #closing = new AbortController();

  constructor(store: Store, log: Log, always?: HookTarget) {
    this.#store = store;
    this.#log = log;
    this.#always = always;
  }

  /**
   * Tells of an event. What it says is worked out only if somebody listens.
   */
  async emit(event: HostingEvent): Promise<void> {
    const targets = this.#targetsOf(event);
    if (targets.length === 0) return;
    const { name } = event;
    const payload = await event.payload();
    for (const target of targets) this.#enqueue(target, { name, payload });
  }

  /** Sends one event to one receiver, as the `pings` call does. */
  ping(target: HookTarget, payload: object): void {
    this.#enqueue(target, { name: 'ping', payload });
  }

  close(): void {
    this.#closing.abort();
  }

  #targetsOf({ name, repository }: HostingEvent): HookTarget[] {
    const { organizationHooks } = this.#store.state;
    const hooks = [
      ...repository.hooks,
      ...(organizationHooks[repository.owner] ?? []),
    ].filter(
      hook =>
        hook.active &&
        (hook.events.includes(name) || hook.events.includes('*')),
    );
    return [...(this.#always ? [this.#always] : []), ...hooks];
  }

  #enqueue(target: HookTarget, event: { name: string; payload: object }): void {
    const before = this.#queues.get(target.url) ?? Promise.resolve();
    const delivery = before.then(() => this.#deliver(target, event));
    this.#queues.set(target.url, delivery);
  }

  async #deliver(
    target: HookTarget,
    event: { name: string; payload: object },
  ): Promise<void> {
    if (this.#closing.signal.aborted) return;
    try {
      const response = await post(target, event, this.#closing.signal);
      if (response.ok) this.#unreachable.delete(target.url);
      else this.#mention(target, `answers ${response.status}`);
    } catch {
      this.#mention(target, 'cannot be reached');
    }
  }

  #mention(target: HookTarget, trouble: string): void {
    if (this.#closing.signal.aborted || this.#unreachable.has(target.url)) {
      return;
    }
    this.#unreachable.add(target.url);
    this.#log(`Webhook ${target.url} ${trouble}`);
  }
}

async function post(
  target: HookTarget,
  event: { name: string; payload: object },
  closing: AbortSignal,
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
      'x-github-delivery': randomUUID(),
      'x-github-event': event.name,
      ...(target.secret && {
        'x-hub-signature': sign('sha1', target.secret),
        'x-hub-signature-256': sign('sha256', target.secret),
      }),
    },
    signal: AbortSignal.any([closing, AbortSignal.timeout(TIMEOUT_MS)]),
  });
  await response.arrayBuffer();
  return response;
}
