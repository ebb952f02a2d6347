import { isDeepStrictEqual } from 'node:util';
import { type Backoff, backoffMs } from './backoff';

/** What to read. */
interface Wanted<T> {
  /** Something else is read only when this is another one. */
  readonly key: string;
  /** Keeps the value of the key before until the new one is there. */
  readonly keepMeanwhile: boolean;
  readonly read: () => Promise<T>;
  /** When to read again what no key tells of; default: never. */
  readonly again?: Backoff;
}

/**
 * Something about an application that is read when a key says so, once for
 * each key, and again only where reading failed or the key does not tell all.
 */
export class Detail<T> {
  readonly #onChange: () => void;
  readonly #onFailure: (error: unknown) => void;
  readonly #retries: Backoff;
  #key: string | undefined;
  #value: T | undefined;
  #later: NodeJS.Timeout | undefined;

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
   * @param wanted - nothing to forget the value.
   */
  want(wanted: Wanted<T> | undefined): void {
    if (wanted?.key === this.#key) {
      return;
    }
    clearTimeout(this.#later);
    this.#key = wanted?.key;
    if (!wanted?.keepMeanwhile) {
      this.#value = undefined;
    }
    if (wanted) {
      void this.#read(wanted, 1);
    }
  }

  async #read(wanted: Wanted<T>, attempt: number): Promise<void> {
    try {
      const value = await wanted.read();
      if (this.#key === wanted.key) {
        this.#take(value);
        this.#readLater(wanted, wanted.again, attempt);
      }
    } catch (error) {
      if (this.#key === wanted.key) {
        this.#onFailure(error);
        // What could not be confirmed is not shown as if it were.
        this.#take(undefined);
        this.#readLater(wanted, this.#retries, attempt);
      }
    }
  }

  #take(value: T | undefined): void {
    const before = this.#value;
    this.#value = value;
    if (!isDeepStrictEqual(before, value)) {
      this.#onChange();
    }
  }

  #readLater(
    wanted: Wanted<T>,
    pace: Backoff | undefined,
    attempt: number,
  ): void {
    if (!pace) return;
    this.#later = setTimeout(() => {
      if (this.#key === wanted.key) {
        void this.#read(wanted, attempt + 1);
      }
    }, backoffMs(pace, attempt)).unref();
  }
}
