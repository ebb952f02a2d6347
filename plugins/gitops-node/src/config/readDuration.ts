import { type Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

/** A duration that may be configured. */
interface DurationKey {
  readonly key: string;
  readonly defaultMs: number;
  readonly leastMs: number;
  readonly mostMs: number;
  /** In words: "between one day and ten years". */
  readonly range: string;
  /** In the ways in which a duration can be written. */
  readonly examples: readonly [object: string, ...texts: string[]];
}

/**
 * Reads a duration, in milliseconds.
 *
 * @throws InputError naming the key and the fix.
 */
export function readDuration(config: Config, options: DurationKey): number {
  const { key, defaultMs, leastMs, mostMs, range, examples } = options;
  if (!config.has(key)) {
    return defaultMs;
  }
  const ms = readMs(config, key, examples);
  if (ms < leastMs || ms > mostMs) {
    throw new InputError(`${key} must be ${range}, for example ${examples[0]}`);
  }
  return ms;
}

function readMs(
  config: Config,
  key: string,
  examples: readonly string[],
): number {
  try {
    return durationToMilliseconds(readDurationFromConfig(config, { key }));
  } catch {
    const either = new Intl.ListFormat('en', { type: 'disjunction' });
    throw new InputError(
      `${key} must be a duration, for example ${either.format(examples)}`,
    );
  }
}
