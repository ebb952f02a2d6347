import { ServiceUnavailableError } from '@backstage/errors';

/** Until when a write is worth trying. */
export class Deadline {
  readonly #place: string;
  readonly #at: number;

  constructor(place: string, at: number) {
    this.#place = place;
    this.#at = at;
  }

  /** @throws ServiceUnavailableError when the time is up. */
  check(): void {
    if (Date.now() >= this.#at) {
      throw new ServiceUnavailableError(
        `Too many changes are being written to ${
          this.#place
        } at the moment; this one was not. Try again in a minute.`,
      );
    }
  }
}
