import {
  type DiscoveryService,
  type LoggerService,
  type RootConfigService,
} from '@backstage/backend-plugin-api';
import { type Read } from './Read';
import { ReadQueue } from './ReadQueue';

/** What was read of the portal itself. */
export interface PortalFacts {
  /** Whether something listens to webhooks of GitHub. */
  readonly hasEvents: Read<boolean>;
  /** Whether changes can be pushed to open pages. */
  readonly hasSignals: Read<boolean>;
  /** Whether permissions are asked for at all. */
  readonly hasPermissions: boolean;
  /** Where webhooks have to go to. */
  readonly eventsUrl: string;
}

/** Looks at the portal's own backend, as its callers do. */
export class PortalSetupReader {
  readonly #discovery: DiscoveryService;
  readonly #rootConfig: RootConfigService;
  readonly #logger: LoggerService;

  constructor(options: {
    discovery: DiscoveryService;
    rootConfig: RootConfigService;
    logger: LoggerService;
  }) {
    this.#discovery = options.discovery;
    this.#rootConfig = options.rootConfig;
    this.#logger = options.logger;
  }

  async read(): Promise<PortalFacts> {
    const reads = new ReadQueue(this.#logger);
    const [hasEvents, hasSignals] = await Promise.all([
      reads.read('looking for the events backend', signal =>
        this.#exists('events', '/http/github', {
          method: 'POST',
          // Refused as a type that nobody reads, before anything is done with it.
          headers: { 'Content-Type': 'text/plain' },
          body: 'Is anybody there?',
          signal,
        }),
      ),
      reads.read('looking for the signals backend', signal =>
        this.#exists('signals', '/health', { signal }),
      ),
    ]);
    const events = await this.#discovery.getExternalBaseUrl('events');
    return {
      hasEvents,
      hasSignals,
      hasPermissions:
        this.#rootConfig.getOptionalBoolean('permission.enabled') ?? false,
      eventsUrl: `${events}/http/github`,
    };
  }

  async #exists(
    pluginId: string,
    path: string,
    init: RequestInit,
  ): Promise<boolean> {
    const baseUrl = await this.#discovery.getBaseUrl(pluginId);
    const response = await fetch(`${baseUrl}${path}`, init);
    await response.body?.cancel();
    return response.status !== 404;
  }
}
