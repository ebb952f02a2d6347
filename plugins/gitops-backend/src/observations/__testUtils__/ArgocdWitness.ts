import { setTimeout } from 'node:timers/promises';
import { type Sandbox, SANDBOX_ARGOCD_TOKEN } from '@callboard/sandbox';
import { until } from '../../__testUtils__/until';

const HEADERS = {
  Authorization: `Bearer ${SANDBOX_ARGOCD_TOKEN}`,
  'Content-Type': 'application/json',
};

interface Application {
  readonly metadata: { readonly name: string };
  readonly operation?: unknown;
  readonly status: {
    readonly history?: readonly { readonly id: number }[];
    readonly operationState?: {
      readonly phase: string;
      readonly startedAt: string;
      readonly operation?: {
        readonly sync?: { readonly resources?: readonly unknown[] };
      };
    };
  };
}

/**
 * Sees everything that happens in the sandbox's Argo CD, without our watcher,
 * and makes it happen.
 */
export class ArgocdWitness {
  readonly #sandbox: Sandbox;
  readonly #stopping = new AbortController();
  readonly #applications = new Map<string, Application>();
  readonly #syncs = new Set<string>();

  private constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  static async start(sandbox: Sandbox): Promise<ArgocdWitness> {
    const witness = new ArgocdWitness(sandbox);
    void witness.#follow();
    await until(() => witness.#applications.size > 0);
    return witness;
  }

  stop(): void {
    this.#stopping.abort();
  }

  /**
   * All syncs that are over: `application id` of those that the history keeps,
   * `application begin outcome` of all others. In order.
   */
  syncs(): string[] {
    return [...this.#syncs].sort();
  }

  /**
   * Syncs all applications so many times, some of them in vain, and resolves
   * when all of that is over.
   */
  async syncAgainAndAgain(times: number): Promise<void> {
    const { trouble } = this.#sandbox.argocd;
    const names = [...this.#applications.keys()].filter(name =>
      /^(cart|web)-/.test(name),
    );
    await Promise.all(
      names.map(async name => {
        for (let time = 0; time < times; time += 1) {
          await this.#sync(name);
          // Argo CD's times have no fractions, and those of syncs that fail
          // have nothing but times to tell them apart.
          await setTimeout(1_100);
        }
      }),
    );
    trouble.set({ lost: ['staging'] });
    const lost = names.filter(name => name.endsWith('-staging'));
    await Promise.all(lost.map(name => this.#sync(name)));
    trouble.set({});
    await setTimeout(1_100);
  }

  async #sync(name: string): Promise<void> {
    const url = `${this.#sandbox.argocd.url}/api/v1/applications/${name}`;
    const before = this.#operation(name)?.startedAt;
    const { ok, status } = await fetch(`${url}/sync`, {
      method: 'POST',
      headers: HEADERS,
      body: '{}',
    });
    if (!ok) {
      throw new TypeError(`The sync of ${name} was answered with ${status}`);
    }
    await until(
      () => {
        const operation = this.#operation(name);
        return (
          operation !== undefined &&
          operation.startedAt !== before &&
          !this.#applications.get(name)?.operation &&
          ['Succeeded', 'Failed', 'Error'].includes(operation.phase)
        );
      },
      Boolean,
      120_000,
    );
  }

  #operation(name: string) {
    return this.#applications.get(name)?.status.operationState;
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stopping;
    const url = `${this.#sandbox.argocd.url}/api/v1/stream/applications`;
    try {
      const { body } = await fetch(url, { headers: HEADERS, signal });
      let rest = '';
      const decoder = new TextDecoder();
      for await (const chunk of body ?? []) {
        const lines = (rest + decoder.decode(chunk, { stream: true })).split(
          '\n',
        );
        rest = lines.pop() ?? '';
        lines
          .filter(Boolean)
          .forEach(line => this.#note(JSON.parse(line).result.application));
      }
    } catch (error) {
      if (!signal.aborted) {
        throw error;
      }
    }
  }

  #note(application: Application): void {
    const { metadata, status } = application;
    const { name } = metadata;
    this.#applications.set(name, application);
    status.history?.forEach(({ id }) => this.#syncs.add(`${name} ${id}`));
    const operation = status.operationState;
    const outcome = operation?.phase.toLowerCase() ?? '';
    const isPartial = Boolean(operation?.operation?.sync?.resources?.length);
    if (
      operation &&
      (['failed', 'error'].includes(outcome) ||
        (outcome === 'succeeded' && isPartial))
    ) {
      this.#syncs.add(`${name} ${Date.parse(operation.startedAt)} ${outcome}`);
    }
  }
}
