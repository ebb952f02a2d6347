import { setTimeout as sleep } from 'node:timers/promises';
import { type LoggerService } from '@backstage/backend-plugin-api';
import {
  type HostedRepository,
  type ProposalFacts,
} from '@callboard/backstage-plugin-gitops-node';
import { type Platforms } from './Platforms';
import { type ProposalRedoer } from './ProposalRedoer';

/** How often to look again where one could not be redone, and after how long. */
const TRIES = 3;
const PAUSE_MS = 1_000;

/**
 * Keeps our open pull requests mergeable: each merge may put the others into
 * conflict, and then their branch is made again on the newest base.
 */
export class ProposalKeeper {
  readonly #platforms: Platforms;
  readonly #redoer: ProposalRedoer;
  readonly #logger: LoggerService;
  /** Repositories that are being looked through; `true`: again from the start. */
  readonly #rounds = new Map<string, boolean>();

  constructor(options: {
    platforms: Platforms;
    redoer: ProposalRedoer;
    logger: LoggerService;
  }) {
    this.#platforms = options.platforms;
    this.#redoer = options.redoer;
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
      if (proposal.open && proposal.mergeable === undefined) {
        // Not computed yet: without another look it would be missed.
        went = 'failed';
      }
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
      await this.#redoer.redo({ repository, proposal, base });
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
}
