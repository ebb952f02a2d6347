import {
  type AuditorService,
  type AuthService,
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
import { DeploymentAuthorizer } from '../access/DeploymentAuthorizer';
import { RecentDecisions } from '../access/RecentDecisions';
import { ActionService } from '../actions/ActionService';
import { ApplicationService } from '../applicationView/ApplicationService';
import { type ApplicationHub } from '../applications/ApplicationHub';
import { CommitReader } from '../details/CommitReader';
import { DetailService } from '../details/DetailService';
import { SharedReads } from '../details/SharedReads';
import { HistoryService } from '../observations/HistoryService';
import { type ObservationStore } from '../observations/ObservationStore';
import { ApplicationFinder } from './ApplicationFinder';
import { ChangeSignals } from './ChangeSignals';
import { DeploymentFinder } from './DeploymentFinder';
import { DeploymentService } from './DeploymentService';
import { EntityDirectory } from './EntityDirectory';
import { StateFinder } from './StateFinder';
import { connectSignals } from './connectSignals';
import { type ProjectOwners } from './deriveProof';
import { gitHubHost } from './gitHubHost';
import { isOfTheFirst } from './selectApplications';
import { subscribeToGitHub } from './subscribeToGitHub';

/** What there is besides. */
interface Surroundings {
  hub: ApplicationHub;
  environments: readonly EnvironmentConfig[];
  newRepositories?: NewRepositoriesConfig;
  projectOwners: ProjectOwners;
  rootConfig: RootConfigService;
  logger: LoggerService;
  lifecycle: LifecycleService;
  auth: AuthService;
  auditor: AuditorService;
  catalog: CatalogService;
  permissions: PermissionsService;
  decisionTtlMs: number;
  events: EventsService;
  signals: SignalsService;
  observations: {
    readonly store: ObservationStore;
    readonly retentionMs: number;
  };
}

interface DeploymentServices {
  deployments: DeploymentService;
  details: DetailService;
  history: HistoryService;
  actions: ActionService;
  applications: ApplicationService;
  finder: DeploymentFinder;
}

/**
 * Puts together what answers and acts on deployments, and begins to signal
 * their changes.
 */
export async function createDeploymentServices(
  options: Surroundings,
): Promise<DeploymentServices> {
  const { hub, environments, lifecycle, logger } = options;
  const signals = new ChangeSignals({
    signals: options.signals,
    logger,
    isShown: (selection, application) =>
      isOfTheFirst(selection, application, hub.store),
  });
  signals.pulse.start();
  lifecycle.addShutdownHook(() => signals.stop());
  connectSignals({ hub, signals, environments });
  await subscribeToGitHub({ ...options, signals });
  const integrations = ScmIntegrations.fromConfig(options.rootConfig);
  const authorizer = new DeploymentAuthorizer(options.permissions);
  const recent = new RecentDecisions({
    ...options,
    authorizer,
    ttlMs: options.decisionTtlMs,
  });
  const sight = {
    ...options,
    store: hub.store,
    authorizer,
    recent,
    gitHubHost: gitHubHost(integrations),
  };
  const finder = new DeploymentFinder(sight);
  const parts = {
    ...options,
    signals,
    finder,
    states: new StateFinder({
      ...sight,
      directory: new EntityDirectory(sight),
    }),
    applicationFinder: new ApplicationFinder(sight),
    commits: new CommitReader(),
    reads: new SharedReads(),
    recent,
    integrations,
  };
  return {
    deployments: new DeploymentService(parts),
    details: new DetailService(parts),
    history: new HistoryService({ ...parts, ...options.observations }),
    actions: new ActionService(parts),
    applications: new ApplicationService(parts),
    finder,
  };
}
