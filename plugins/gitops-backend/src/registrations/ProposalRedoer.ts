import { type LoggerService } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  type GitopsConfig,
  type HostedRepository,
  type ProposalFacts,
  readTrailers,
  RepositoryRefusedError,
} from '@callboard/backstage-plugin-gitops-node';
import { readIntent } from './Intent';
import {
  findEnvironment,
  withLayout,
  type PlatformChange,
  toProposal,
} from './PlatformChange';
import { type ServiceRepositories } from './ServiceRepositories';
import { isRegistrationBranch } from './branches';
import { changesOf } from './changesOf';

/** A pull request that no longer merges. */
interface Stale {
  readonly repository: HostedRepository;
  readonly proposal: ProposalFacts;
  /** Where it shall be merged. */
  readonly base: string;
}

/**
 * Makes pull requests of ours again that no longer merge. Where that cannot be
 * done, the pull request itself says why: that is where people look.
 */
export class ProposalRedoer {
  readonly #config: GitopsConfig;
  readonly #services: ServiceRepositories;
  readonly #logger: LoggerService;

  constructor(options: {
    config: GitopsConfig;
    services: ServiceRepositories;
    logger: LoggerService;
  }) {
    this.#config = options.config;
    this.#services = options.services;
    this.#logger = options.logger;
  }

  /** @throws what may go well the next time. */
  async redo(stale: Stale): Promise<void> {
    try {
      await this.#redo(stale);
    } catch (error) {
      if (!isRefusal(error)) {
        throw error;
      }
      await this.#sayWhyNot(stale, error.message);
    }
  }

  async #redo({ repository, proposal, base }: Stale): Promise<void> {
    const { number, branch } = proposal;
    const change = await this.#changeOf(repository, proposal);
    if (!change) {
      if (isRegistrationBranch(branch)) {
        throw new InputError(
          `None of its commits says what was asked for, as the portal's do. Resolve the conflict and merge it; or close it and ask again.`,
        );
      }
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

  async #sayWhyNot(
    { repository, proposal, base }: Stale,
    reason: string,
  ): Promise<void> {
    const isNews = await repository.commentOnce(
      proposal.number,
      `This no longer merges into ${base}, and the portal does not make it again. ${reason}`,
    );
    if (isNews) {
      this.#logger.warn('A pull request is not made again', {
        repository: repository.slug,
        pullRequest: proposal.number,
        detail: reason,
      });
    }
  }

  /** Of the newest commit that tells one: a merge or people's commits may follow. */
  async #changeOf(
    repository: HostedRepository,
    { number, head, branch }: ProposalFacts,
  ): Promise<PlatformChange | undefined> {
    const newest = await this.#changeFrom(await repository.readMessage(head));
    if (newest?.branch === branch) {
      return newest;
    }
    for (const message of await repository.readMessages(number)) {
      const change = await this.#changeFrom(message);
      if (change?.branch === branch) {
        return change;
      }
    }
    return undefined;
  }

  async #changeFrom(message: string): Promise<PlatformChange | undefined> {
    const intent = readIntent(readTrailers(message));
    if (!intent) {
      return undefined;
    }
    const environment = withLayout(
      findEnvironment(this.#config, intent.environment),
      intent.layout,
    );
    const changes = await changesOf(intent, environment, this.#services);
    const [subject] = message.split('\n');
    return changes.find(({ title }) => title === subject);
  }
}

/** Trying again changes nothing until somebody does something. */
function isRefusal(error: unknown): error is Error {
  return [
    ConflictError,
    InputError,
    NotAllowedError,
    NotFoundError,
    RepositoryRefusedError,
  ].some(kind => error instanceof kind);
}
