import {
  type Source,
  type SourceState,
} from '@callboard/backstage-plugin-gitops-common';
import { type ArgocdFailure, ArgocdError } from '../argocd/ArgocdError';

/** How well an Argo CD instance can be read, and since when. */
export class InstanceStatus {
  readonly #instance: string;
  readonly #now: () => Date;
  readonly #onChange: () => void;
  #source: Source;
  #neverRead = true;
  #heardAt: string;

  constructor(options: {
    instance: string;
    onChange: () => void;
    now?: () => Date;
  }) {
    this.#instance = options.instance;
    this.#onChange = options.onChange;
    this.#now = options.now ?? (() => new Date());
    this.#heardAt = this.#now().toISOString();
    this.#source = {
      name: `argocd:${options.instance}`,
      state: 'stale',
      since: this.#heardAt,
      message: `Argo CD (${options.instance}) has not been read yet since the portal started.`,
      neverRead: true,
    };
  }

  get source(): Source {
    return this.#source;
  }

  /** When the instance last gave a sign of life; ISO 8601, UTC. */
  get heardAt(): string {
    return this.#heardAt;
  }

  heard(): void {
    this.#heardAt = this.#now().toISOString();
  }

  /** Everything is read; `hint` says what a person should know all the same. */
  succeed(hint?: string): void {
    this.#neverRead = false;
    this.heard();
    this.#enter('ok', hint);
  }

  /** Lists can be read, but no events arrive. */
  withoutEvents(): void {
    this.#neverRead = false;
    this.#enter(
      'stale',
      `Argo CD (${
        this.#instance
      }) sends no events: a proxy in between may hold them back or cut them off. What is shown is read again every now and then.`,
    );
  }

  fail(error: unknown): void {
    const failure: ArgocdFailure =
      error instanceof ArgocdError ? error.failure : 'unreachable';
    switch (failure) {
      case 'unauthorised':
      case 'forbidden':
        this.#enter(
          'unauthorised',
          `Argo CD (${
            this.#instance
          }) refuses the portal's credentials. Whoever runs the portal has to check the token, or the user name and password, of this instance in the configuration under argocd.appLocatorMethods, and the rights of the account in Argo CD.`,
        );
        break;
      case 'limited':
        this.#enter(
          'limited',
          `Argo CD (${
            this.#instance
          }) asks the portal to slow down. It is asked again later.`,
        );
        break;
      case 'unreachable':
      case 'missing':
      case 'refused':
        this.#enter(
          'unreachable',
          `${sentence(this.#instance, error)} It is tried again all the time.`,
        );
        break;
      default:
        failure satisfies never;
    }
  }

  #enter(state: SourceState, message?: string): void {
    const { state: before, since, message: messageBefore } = this.#source;
    if (state === before && message === messageBefore) {
      return;
    }
    this.#source = {
      name: this.#source.name,
      state,
      since: state === before ? since : this.#now().toISOString(),
      ...(message && { message }),
      ...(this.#neverRead && { neverRead: true }),
    };
    this.#onChange();
  }
}

// Only the words of refusals that are ours; Argo CD's could tell anything.
function sentence(instance: string, error: unknown): string {
  const words =
    error instanceof ArgocdError && error.failure === 'unreachable'
      ? error.message.replace(/^Argo CD /, '')
      : 'could not answer';
  return `Argo CD (${instance}) ${words}.`;
}
