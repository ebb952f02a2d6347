import { setTimeout } from 'node:timers/promises';

/** Does something again and again until it turns out as wished. */
export async function until<T>(
  look: () => Promise<T>,
  isWished: (value: T) => boolean,
): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const value = await look();
    if (isWished(value)) {
      return value;
    }
    if (Date.now() > deadline) {
      throw new TypeError(`Still ${JSON.stringify(value, null, 2)}`);
    }
    await setTimeout(200);
  }
}
