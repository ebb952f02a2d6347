import { setImmediate } from 'node:timers/promises';

/** Takes some milliseconds of what is done here with applications. */
const AT_ONCE = 50;

/**
 * The items, one after the other, letting in between whoever else waits for the
 * thread: a fleet is read while people look at it.
 */
export async function* unhurriedly<T>(items: Iterable<T>): AsyncGenerator<T> {
  let taken = 0;
  for (const item of items) {
    yield item;
    taken += 1;
    if (taken % AT_ONCE === 0) {
      await setImmediate();
    }
  }
}
