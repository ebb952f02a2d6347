import {
  type LoggerService,
  type SchedulerService,
} from '@backstage/backend-plugin-api';
import { type EventsService } from '@backstage/plugin-events-node';
import { type GitopsConfig } from '@callboard/backstage-plugin-gitops-node';
import { z } from 'zod/v4';
import { type PlatformWriter } from './PlatformWriter';
import { type Platforms } from './Platforms';
import { type ProposalKeeper } from './ProposalKeeper';
import { isSameAddress } from './serviceRepository';

const event = z.object({
  repository: z.object({
    html_url: z.string(),
    default_branch: z.string().nullish(),
  }),
  ref: z.string().optional(),
});

/**
 * Follows what happens in the platform repositories: by webhooks at once, and
 * by a look each minute for those that never arrive.
 */
export class PlatformWatcher {
  readonly #config: GitopsConfig;
  readonly #platforms: Platforms;
  readonly #writer: PlatformWriter;
  readonly #keeper: ProposalKeeper;
  readonly #logger: LoggerService;
  /** Where each repository's branch was when it was last looked at. */
  readonly #heads = new Map<string, string>();

  constructor(options: {
    config: GitopsConfig;
    platforms: Platforms;
    writer: PlatformWriter;
    keeper: ProposalKeeper;
    logger: LoggerService;
  }) {
    this.#config = options.config;
    this.#platforms = options.platforms;
    this.#writer = options.writer;
    this.#keeper = options.keeper;
    this.#logger = options.logger;
  }

  async start(options: {
    events: EventsService;
    scheduler: SchedulerService;
  }): Promise<void> {
    await options.events.subscribe({
      id: 'gitops-registrations',
      topics: [
        'github.push',
        'github.pull_request',
        'github.pull_request_review',
      ],
      onEvent: ({ topic, eventPayload }) => this.#hear(topic, eventPayload),
    });
    await options.scheduler.scheduleTask({
      id: 'gitops-registration-proposals',
      frequency: { minutes: 1 },
      timeout: { minutes: 10 },
      initialDelay: { seconds: 20 },
      fn: async () => {
        for (const url of this.#repositories()) {
          await this.#look(url);
        }
      },
    });
  }

  #repositories(): string[] {
    const { environments } = this.#config;
    return [...new Set(environments.map(({ platformRepo }) => platformRepo))];
  }

  async #hear(topic: string, payload: unknown): Promise<void> {
    const { data } = event.safeParse(payload);
    const url =
      data &&
      this.#repositories().find(known =>
        isSameAddress(known, data.repository.html_url),
      );
    if (!url) {
      return;
    }
    this.#platforms.forget(url);
    const { default_branch: main } = data.repository;
    if (topic === 'github.push' && data.ref === `refs/heads/${main}`) {
      await this.#refreshRoots(url);
      // The event is handled; the pull requests take their time.
      void this.#look(url);
    }
  }

  async #look(url: string): Promise<void> {
    try {
      await this.#keeper.look(url);
      const { head } = await this.#platforms.read(url);
      const before = this.#heads.get(url);
      this.#heads.set(url, head.sha);
      if (before && before !== head.sha) {
        await this.#refreshRoots(url);
      }
    } catch (error) {
      this.#logger.warn('A platform repository could not be looked through', {
        repository: url,
        detail: error instanceof Error ? error.message : String(error),
      });
    }
  }

  async #refreshRoots(url: string): Promise<void> {
    const environments = this.#config.environments.filter(
      ({ platformRepo }) => platformRepo === url,
    );
    await Promise.all(
      environments.map(environment => this.#writer.refresh(environment)),
    );
  }
}
