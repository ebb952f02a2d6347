import { randomUUID } from 'node:crypto';
import { PULSE_PERIOD_MS } from '@callboard/backstage-plugin-gitops-common';
import { type Broadcast } from './createBroadcast';

/**
 * Says, again and again, that this process tells of changes. The signals service
 * does not say who listens, nor its client whether it is connected; so a page
 * that hears the next version each time knows that it has missed nothing.
 *
 * The period is shorter than the client of signals takes to connect again (five
 * seconds and the time to connect), so a connection that was lost has cost a beat.
 */
export class Pulse {
  /** Named by chance: a process that was started again watches for nobody yet. */
  readonly channel = `gitops:pulse:${randomUUID()}`;
  readonly #broadcast: Broadcast;
  #version = 0;
  #timer: NodeJS.Timeout | undefined;
  #isBeating = false;
  #isToldAll = false;

  constructor(broadcast: Broadcast) {
    this.#broadcast = broadcast;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#isToldAll = false;
      void this.#beat();
    }, PULSE_PERIOD_MS).unref();
  }

  /**
   * Tells all who listen that they may have missed something: at once, but only
   * once in a period; after that with the next beat.
   */
  tellAll(): void {
    this.#version += 1;
    if (!this.#isToldAll) {
      this.#isToldAll = true;
      void this.#beat();
    }
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #beat(): Promise<void> {
    // Where signals are slow, beats must not pile up.
    if (this.#isBeating) {
      return;
    }
    this.#isBeating = true;
    this.#version += 1;
    await this.#broadcast(this.channel, this.#version);
    this.#isBeating = false;
  }
}
