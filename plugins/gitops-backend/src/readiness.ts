import { type LoggerService } from '@backstage/backend-plugin-api';
import { type ApplicationHub } from './applications/ApplicationHub';
import { pause } from './applications/backoff';

const PATIENCE_MS = 10_000;

/**
 * Waits until every Argo CD instance has been looked at once, whether it could
 * be read or not: the backend counts as ready only then. An instance that takes
 * its time, or does not answer at all, keeps it from that for ten seconds.
 */
export async function lookAtInstances(
  hub: ApplicationHub,
  logger: LoggerService,
  patienceMs: number = PATIENCE_MS,
): Promise<void> {
  const answered = new AbortController();
  const isLooked = await Promise.race([
    hub.looked().then(() => true),
    pause(patienceMs, answered.signal).then(() => false),
  ]);
  answered.abort();
  if (!isLooked) {
    logger.warn(
      'Not every Argo CD instance has answered yet; the portal starts without',
      {
        instances: hub.instances
          .filter(({ source }) => source.state === 'stale')
          .map(({ name }) => name)
          .join(', '),
      },
    );
  }
}
