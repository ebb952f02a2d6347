import { type LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { type SignalsService } from '@backstage/plugin-signals-node';
import { type ChangeSignal } from '@callboard/backstage-plugin-gitops-common';

/**
 * Says a version on a channel, to everybody who listens there and nothing else:
 * every subscriber gets it, whatever they may read. Resolves to whether it was
 * taken; never rejects.
 */
export type Broadcast = (channel: string, version: number) => Promise<boolean>;

/** Broadcasts over signals. Of failures in a row the first is logged. */
export function createBroadcast(options: {
  signals: SignalsService;
  logger: LoggerService;
}): Broadcast {
  const { signals, logger } = options;
  let isFailing = false;
  return async (channel, version) => {
    const message: ChangeSignal = { version };
    try {
      await signals.publish({
        recipients: { type: 'broadcast' },
        channel,
        message,
      });
      isFailing = false;
      return true;
    } catch (error) {
      if (!isFailing) {
        logger.warn('A signal could not be published', {
          reason: isError(error) ? error.name : 'unknown',
        });
      }
      isFailing = true;
      return false;
    }
  };
}
