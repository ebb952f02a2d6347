import {
  type AuditorService,
  type AuthService,
  type LoggerService,
  type PermissionsService,
  type RootConfigService,
  type SchedulerService,
  type UserInfoService,
} from '@backstage/backend-plugin-api';
import { type CatalogService } from '@backstage/plugin-catalog-node';
import { type EventsService } from '@backstage/plugin-events-node';
import {
  createGitHosting,
  type GitHosting,
  type GitopsConfig,
} from '@callboard/backstage-plugin-gitops-node';
import { type LayoutRefusals } from './LayoutRefusals';
import { type LiveFinalizers } from './LiveFinalizers';
import { PlatformWatcher } from './PlatformWatcher';
import { PlatformWriter } from './PlatformWriter';
import { Platforms } from './Platforms';
import { ProposalKeeper } from './ProposalKeeper';
import { ProposalRedoer } from './ProposalRedoer';
import { type Refresher } from './Refresher';
import { RegistrationReader } from './RegistrationReader';
import { RegistrationRemover } from './RegistrationRemover';
import { RegistrationService } from './RegistrationService';
import { ServiceFinder } from './ServiceFinder';
import { ServiceRepositories } from './ServiceRepositories';
import { WaitingReleases } from './WaitingReleases';
import { watchReleases } from './watchReleases';

/** Without Argo CD's word, workloads that must stay are not put at risk. */
const NOTHING_KNOWN: LiveFinalizers = { read: async () => 'unknown' };

const NOTHING_REFUSED: LayoutRefusals = { refusalOf: () => undefined };

/**
 * Puts registrations together, and begins to look after open pull requests.
 */
export async function createRegistrationService(options: {
  config: GitopsConfig;
  rootConfig: RootConfigService;
  logger: LoggerService;
  auditor: AuditorService;
  catalog: CatalogService;
  auth: AuthService;
  permissions: PermissionsService;
  userInfo: UserInfoService;
  scheduler: SchedulerService;
  events: EventsService;
  refresher: Refresher;
  /** Default: the one that `integrations.github` describes. */
  hosting?: GitHosting;
  /** Default: nothing is known of Argo CD's side. */
  live?: LiveFinalizers;
  /** Default: nothing is refused. */
  roots?: LayoutRefusals;
}): Promise<RegistrationService> {
  const { config, rootConfig, logger, permissions, refresher } = options;
  const hosting =
    options.hosting ?? createGitHosting({ config: rootConfig, logger });
  const platforms = new Platforms(hosting);
  const platform = new PlatformWriter({ platforms, refresher });
  const services = new ServiceRepositories({ config, hosting });
  const redoer = new ProposalRedoer({ config, services, logger });
  const keeper = new ProposalKeeper({ platforms, redoer, logger });
  const watcher = new PlatformWatcher({
    config,
    platforms,
    writer: platform,
    keeper,
    logger,
  });
  await watcher.start(options);
  const releases = new WaitingReleases({ config, hosting });
  await watchReleases({ events: options.events, releases });
  return new RegistrationService({
    config,
    auditor: options.auditor,
    finder: new ServiceFinder(options),
    reader: new RegistrationReader({ config, platforms, releases }),
    remover: new RegistrationRemover({
      platform,
      live: options.live ?? NOTHING_KNOWN,
    }),
    platform,
    services,
    permissions,
    userInfo: options.userInfo,
    roots: options.roots ?? NOTHING_REFUSED,
  });
}
