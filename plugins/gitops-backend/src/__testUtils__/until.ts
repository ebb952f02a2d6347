import { setTimeout } from 'node:timers/promises';

/** Looks again and again until something is there; fails after some seconds. */
export async function until<T>(
  look: () => T | Promise<T>,
  isThere: (value: T) => boolean = Boolean,
  patienceMs: number = 30_000,
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const value = await look();
    if (isThere(value)) {
      return value;
    }
    if (Date.now() > deadline) {
      throw new TypeError(`Still ${JSON.stringify(value, null, 2)}`);
    }
    await setTimeout(20);
  }
}
