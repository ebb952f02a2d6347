import { type Config } from '@backstage/config';
import { readDuration } from './readDuration';

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
  return readDuration(config, {
    key: 'gitops.observations.retention',
    defaultMs: DEFAULT_DAYS * DAY_MS,
    leastMs: DAY_MS,
    mostMs: MOST_DAYS * DAY_MS,
    range: 'between one day and ten years',
    examples: [
      `{ days: ${DEFAULT_DAYS} }`,
      `'${DEFAULT_DAYS}d'`,
      `'P${DEFAULT_DAYS}D'`,
    ],
  });
}
