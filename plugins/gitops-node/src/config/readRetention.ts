import { type Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

const KEY = 'gitops.observations.retention';
const DAY_MS = 24 * 60 * 60_000;
/** A quarter, and the one before to compare it with. */
const DEFAULT_DAYS = 180;
const MOST_DAYS = 3_650;

/**
 * For how long observations are kept, in milliseconds.
 *
 * @throws InputError naming the key and the fix.
 */
export function readRetention(config: Config): number {
  if (!config.has(KEY)) {
    return DEFAULT_DAYS * DAY_MS;
  }
  const ms = readMs(config);
  if (ms < DAY_MS || ms > MOST_DAYS * DAY_MS) {
    throw new InputError(
      `${KEY} must be between one day and ten years, for example { days: ${DEFAULT_DAYS} }`,
    );
  }
  return ms;
}

function readMs(config: Config): number {
  try {
    return durationToMilliseconds(readDurationFromConfig(config, { key: KEY }));
  } catch {
    throw new InputError(
      `${KEY} must be a duration, for example { days: ${DEFAULT_DAYS} }, '${DEFAULT_DAYS}d' or 'P${DEFAULT_DAYS}D'`,
    );
  }
}
