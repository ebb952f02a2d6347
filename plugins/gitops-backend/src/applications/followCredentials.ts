import {
  type LoggerService,
  type RootConfigService,
} from '@backstage/backend-plugin-api';
import { readArgocdConfig } from '@callboard/backstage-plugin-gitops-node';
import { type ApplicationHub } from './ApplicationHub';

/**
 * Takes over renewed credentials as soon as the configuration has them, where
 * it can be changed without a restart. Everything else needs one.
 */
export function followCredentials(options: {
  hub: Pick<ApplicationHub, 'reauthenticate'>;
  rootConfig: RootConfigService;
  logger: LoggerService;
}): void {
  const { hub, rootConfig, logger } = options;
  rootConfig.subscribe?.(() => {
    try {
      hub.reauthenticate(readArgocdConfig(rootConfig));
    } catch {
      logger.warn(
        'The changed configuration of Argo CD is not valid; the one before stays in use',
      );
    }
  });
}
