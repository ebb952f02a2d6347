import { PULSE_PERIOD_MS } from '@callboard/backstage-plugin-gitops-common';

/**
 * Whether somebody tells a page of changes: not known yet, yes, or nobody does.
 */
export type Liveness = 'connecting' | 'live' | 'silent';

/** One beat may be late, and another one lost. */
const SILENT_MS = 4 * PULSE_PERIOD_MS;
/** Until then a subscription may still be on its way to the backend. */
const SUBSCRIBED_MS = 1_000;
/** What all pages hear at once is not asked by all of them at once. */
const SPREAD_MS = 2_000;

/** Makes sense of a pulse channel; see `pulse` of a `DeploymentList`. */
export class PulseListener {
  readonly #onLiveness: (liveness: Liveness) => void;
  readonly #onMissed: () => void;
  readonly #since = Date.now();
  #last = NaN;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #look: ReturnType<typeof setTimeout> | undefined;

  constructor(options: {
    onLiveness(liveness: Liveness): void;
    /** Something may have changed without a signal. */
    onMissed(): void;
  }) {
    this.#onLiveness = options.onLiveness;
    this.#onMissed = options.onMissed;
    this.#awaitNext();
  }

  /** Takes a message of the channel. */
  hear({ version }: { readonly version?: unknown }): void {
    if (
      typeof version !== 'number' ||
      Date.now() < this.#since + SUBSCRIBED_MS
    ) {
      return;
    }
    if (version !== this.#last + 1) {
      this.#lookSoon();
    }
    this.#last = version;
    this.#onLiveness('live');
    this.#awaitNext();
  }

  stop(): void {
    clearTimeout(this.#silence);
    clearTimeout(this.#look);
  }

  #awaitNext(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#onSilence(), SILENT_MS);
  }

  #onSilence(): void {
    this.#onLiveness('silent');
    // Who answers now may be heard.
    if (!Number.isNaN(this.#last)) {
      this.#lookSoon();
    }
    this.#last = NaN;
  }

  #lookSoon(): void {
    this.#look ??= setTimeout(() => {
      this.#look = undefined;
      this.#onMissed();
    }, Math.random() * SPREAD_MS);
  }
}
