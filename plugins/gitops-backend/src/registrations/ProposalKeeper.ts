import { setTimeout as sleep } from 'node:timers/promises';
import { type LoggerService } from '@backstage/backend-plugin-api';
import {
  type GitopsConfig,
  type HostedRepository,
  type ProposalFacts,
  readTrailers,
} from '@callboard/backstage-plugin-gitops-node';
import { readIntent } from './Intent';
import {
  findEnvironment,
  type PlatformChange,
  toProposal,
} from './PlatformChange';
import { type Platforms } from './Platforms';
import { type ServiceRepositories } from './ServiceRepositories';
import { changesOf } from './changesOf';

/** How often to look again where one could not be redone, and after how long. */
const TRIES = 3;
const PAUSE_MS = 1_000;

/**
 * Keeps our open pull requests mergeable: each merge may put the others into
 * conflict, and then their branch is made again on the newest base.
 */
export class ProposalKeeper {
  readonly #config: GitopsConfig;
  readonly #platforms: Platforms;
  readonly #services: ServiceRepositories;
  readonly #logger: LoggerService;
  /** Repositories that are being looked through; `true`: again from the start. */
  readonly #rounds = new Map<string, boolean>();

  constructor(options: {
    config: GitopsConfig;
    platforms: Platforms;
    services: ServiceRepositories;
    logger: LoggerService;
  }) {
    this.#config = options.config;
    this.#platforms = options.platforms;
    this.#services = options.services;
    this.#logger = options.logger;
  }

  /**
   * Looks through the open pull requests of a platform repository, oldest
   * first. If it is being done, it begins again, since whoever merges next
   * should not wait for the last in the line.
   */
  async look(repository: string): Promise<void> {
    if (this.#rounds.has(repository)) {
      this.#rounds.set(repository, true);
      return;
    }
    try {
      let failures = 0;
      do {
        this.#rounds.set(repository, false);
        const went = await this.#lookThrough(repository);
        failures = went === 'failed' ? failures + 1 : 0;
        if (failures > 0 && failures < TRIES) {
          await sleep(PAUSE_MS * failures);
          this.#rounds.set(repository, true);
        }
      } while (this.#rounds.get(repository));
    } finally {
      this.#rounds.delete(repository);
    }
  }

  async #lookThrough(url: string): Promise<'well' | 'failed'> {
    this.#platforms.forget(url);
    const { repository, branch, proposals } = await this.#platforms.read(url);
    let went: 'well' | 'failed' = 'well';
    for (const { number } of proposals) {
      if (this.#rounds.get(url)) {
        return went;
      }
      const proposal = await repository.readPullRequest(number);
      if (proposal.open && proposal.mergeable === false) {
        const isRedone = await this.#tryRedo(repository, proposal, branch);
        went = isRedone ? went : 'failed';
        this.#platforms.forget(url);
      }
    }
    return went;
  }

  /** One that cannot be redone must not keep the others from it. */
  async #tryRedo(
    repository: HostedRepository,
    proposal: ProposalFacts,
    base: string,
  ): Promise<boolean> {
    try {
      await this.#redo(repository, proposal, base);
      return true;
    } catch (error) {
      this.#logger.warn('A pull request could not be redone', {
        repository: repository.slug,
        pullRequest: proposal.number,
        detail: error instanceof Error ? error.message : String(error),
      });
      return false;
    }
  }

  async #redo(
    repository: HostedRepository,
    proposal: ProposalFacts,
    base: string,
  ): Promise<void> {
    const { number, head, branch } = proposal;
    const message = await repository.readMessage(head);
    const change = await this.#changeFrom(message);
    if (!change || change.branch !== branch) {
      this.#logger.debug('A pull request is none that can be redone', {
        repository: repository.slug,
        pullRequest: number,
      });
      return;
    }
    const [{ approvedBy }, { known, dismissesApprovals }] = await Promise.all([
      repository.readReviews(number),
      repository.readProtection(base),
    ]);
    const done = await repository.redo(toProposal(change, base), proposal);
    if (done.outcome === 'moved') {
      // Somebody is at work there; the next round looks at what they left.
      return;
    }
    if (done.outcome === 'unchanged') {
      await repository.comment(
        number,
        `${base} has this change already, so there is nothing left to merge.`,
      );
      await repository.close(number);
    } else if (approvedBy.length > 0 && (dismissesApprovals || !known)) {
      const who = approvedBy.map(login => `@${login}`).join(', ');
      await repository.comment(
        number,
        `This no longer merged into ${base}, so the branch was made again on the newest ${base}; the change is the same. That takes back the approval of ${who}: please look again.`,
      );
    }
  }

  async #changeFrom(message: string): Promise<PlatformChange | undefined> {
    const intent = readIntent(readTrailers(message));
    if (!intent) {
      return undefined;
    }
    const environment = findEnvironment(this.#config, intent.environment);
    const changes = await changesOf(intent, environment, this.#services);
    const [subject] = message.split('\n');
    return changes.find(({ title }) => title === subject);
  }
}
