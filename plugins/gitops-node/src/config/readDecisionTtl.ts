import { type Config } from '@backstage/config';
import { readDuration } from './readDuration';

const SECOND_MS = 1_000;
/** Longer than a burst of a page's questions, shorter than anybody waits for a right to be gone. */
const DEFAULT_SECONDS = 5;

/**
 * For how long the permission framework's word on lists is remembered, in
 * milliseconds; 0: not at all.
 *
 * @throws InputError naming the key and the fix.
 */
export function readDecisionTtl(config: Config): number {
  return readDuration(config, {
    key: 'gitops.permissionCache.ttl',
    defaultMs: DEFAULT_SECONDS * SECOND_MS,
    leastMs: 0,
    mostMs: 60 * SECOND_MS,
    range: 'between nothing and one minute',
    examples: [
      `{ seconds: ${DEFAULT_SECONDS} }`,
      `'${DEFAULT_SECONDS}s'`,
      `'PT${DEFAULT_SECONDS}S'`,
    ],
  });
}
