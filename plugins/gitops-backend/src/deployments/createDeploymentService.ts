import {
  type LifecycleService,
  type LoggerService,
  type PermissionsService,
  type RootConfigService,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { type CatalogService } from '@backstage/plugin-catalog-node';
import { type EventsService } from '@backstage/plugin-events-node';
import { type SignalsService } from '@backstage/plugin-signals-node';
import {
  type EnvironmentConfig,
  type NewRepositoriesConfig,
} from '@callboard/backstage-plugin-gitops-node';
import { type ApplicationHub } from '../applications/ApplicationHub';
import { ChangeSignals } from './ChangeSignals';
import { DeploymentService } from './DeploymentService';
import { connectSignals } from './connectSignals';
import { subscribeToGitHub } from './subscribeToGitHub';

/** Puts deployments together, and begins to signal their changes. */
export async function createDeploymentService(options: {
  hub: ApplicationHub;
  environments: readonly EnvironmentConfig[];
  newRepositories?: NewRepositoriesConfig;
  rootConfig: RootConfigService;
  logger: LoggerService;
  lifecycle: LifecycleService;
  catalog: CatalogService;
  permissions: PermissionsService;
  events: EventsService;
  signals: SignalsService;
}): Promise<DeploymentService> {
  const { hub, environments, lifecycle, logger } = options;
  const signals = new ChangeSignals({ signals: options.signals, logger });
  lifecycle.addShutdownHook(() => signals.stop());
  connectSignals({ hub, signals, environments });
  await subscribeToGitHub({
    ...options,
    refresher: hub.refresher,
    signals,
  });
  return new DeploymentService({
    ...options,
    signals,
    integrations: ScmIntegrations.fromConfig(options.rootConfig),
  });
}
