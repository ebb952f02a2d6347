import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceUnavailableError } from '@backstage/errors';

/**
 * Waits until it is true.
 *
 * @throws ServiceUnavailableError after a minute, saying what did not happen.
 */
export async function until(
  what: string,
  isTrue: () => Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await isTrue())) {
    if (Date.now() > deadline) {
      throw new ServiceUnavailableError(`Waited in vain until ${what}`);
    }
    await sleep(100);
  }
}
