import {
  type AuthService,
  type DiscoveryService,
  type LoggerService,
  type PermissionsService,
  type RootConfigService,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { type CatalogService } from '@backstage/plugin-catalog-node';
import { type EventsService } from '@backstage/plugin-events-node';
import {
  createGitHosting,
  type GitopsConfig,
} from '@callboard/backstage-plugin-gitops-node';
import { type ApplicationHub } from '../applications/ApplicationHub';
import { gitHubHost } from '../deployments/gitHubHost';
import { type UnmatchedService } from '../unmatched/UnmatchedService';
import { createUnmatchedService } from '../unmatched/createUnmatchedService';
import { ArgocdSetupReader } from './ArgocdSetupReader';
import { PortalSetupReader } from './PortalSetupReader';
import { ReceivedEvents } from './ReceivedEvents';
import { RepositorySetupReader } from './RepositorySetupReader';
import { SetupAuthorizer } from './SetupAuthorizer';
import { SetupService } from './SetupService';
import { runChecks } from './runChecks';

/** Puts together what tells those who look after the portal how it is set up. */
export async function createSetupServices(options: {
  config: GitopsConfig;
  missing: readonly string[];
  /** Absent where something is missing in the configuration. */
  hub?: ApplicationHub;
  auth: AuthService;
  catalog: CatalogService;
  discovery: DiscoveryService;
  events: EventsService;
  logger: LoggerService;
  permissions: PermissionsService;
  rootConfig: RootConfigService;
}): Promise<{ setup: SetupService; unmatched?: UnmatchedService }> {
  const { config, hub, events, logger, rootConfig } = options;
  const authorizer = new SetupAuthorizer(options.permissions);
  const received = new ReceivedEvents(
    config.environments.map(({ platformRepo }) => platformRepo),
  );
  await received.subscribe(events);
  const parts = {
    ...options,
    received,
    portalReader: new PortalSetupReader(options),
    argocdReader: new ArgocdSetupReader(logger),
    repositoryReader: new RepositorySetupReader({
      hosting: createGitHosting({ config: rootConfig, logger }),
      logger,
    }),
  };
  return {
    setup: new SetupService({ authorizer, runChecks: () => runChecks(parts) }),
    ...(hub && {
      unmatched: createUnmatchedService({
        ...options,
        ...config,
        hub,
        authorizer,
        gitHubHost: gitHubHost(ScmIntegrations.fromConfig(rootConfig)),
      }),
    }),
  };
}
