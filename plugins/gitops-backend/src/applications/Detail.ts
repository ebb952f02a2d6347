import { type Backoff, backoffMs } from './backoff';

/**
 * Something about an application that is read when a key says so, once for
 * each key, and again only where reading failed.
 */
export class Detail<T> {
  readonly #onChange: () => void;
  readonly #onFailure: (error: unknown) => void;
  readonly #retries: Backoff;
  #key: string | undefined;
  #value: T | undefined;
  #retry: NodeJS.Timeout | undefined;

  constructor(options: {
    onChange: () => void;
    onFailure: (error: unknown) => void;
    retries: Backoff;
  }) {
    this.#onChange = options.onChange;
    this.#onFailure = options.onFailure;
    this.#retries = options.retries;
  }

  get value(): T | undefined {
    return this.#value;
  }

  /**
   * Makes the value that of the key.
   *
   * @param wanted - nothing to forget the value. `keepMeanwhile` keeps the
   * value of the key before until the new one is there.
   */
  want(
    wanted:
      | { key: string; keepMeanwhile: boolean; read: () => Promise<T> }
      | undefined,
  ): void {
    if (wanted?.key === this.#key) {
      return;
    }
    clearTimeout(this.#retry);
    this.#key = wanted?.key;
    if (!wanted?.keepMeanwhile) {
      this.#value = undefined;
    }
    if (wanted) {
      void this.#read(wanted, 1);
    }
  }

  async #read(
    wanted: { key: string; read: () => Promise<T> },
    attempt: number,
  ): Promise<void> {
    try {
      const value = await wanted.read();
      if (this.#key === wanted.key) {
        this.#value = value;
        this.#onChange();
      }
    } catch (error) {
      if (this.#key === wanted.key) {
        this.#onFailure(error);
        this.#retryLater(wanted, attempt);
      }
    }
  }

  #retryLater(
    wanted: { key: string; read: () => Promise<T> },
    attempt: number,
  ): void {
    if (this.#value !== undefined) {
      // What could not be confirmed is not shown as if it were.
      this.#value = undefined;
      this.#onChange();
    }
    this.#retry = setTimeout(() => {
      if (this.#key === wanted.key) {
        void this.#read(wanted, attempt + 1);
      }
    }, backoffMs(this.#retries, attempt)).unref();
  }
}
