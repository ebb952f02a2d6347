import {
  type PullRequest,
  type Source,
} from '@callboard/backstage-plugin-gitops-common';
import {
  type BranchHead,
  type GitHosting,
  type HostedRepository,
  type ProposalFacts,
  type ProtectionFacts,
  type RepositoryFacts,
} from '@callboard/backstage-plugin-gitops-node';
import { RepositorySources } from './RepositorySources';
import { OUR_BRANCHES } from './branches';
import { describePullRequest } from './describePullRequest';
import { keep, type Kept } from './keep';

/**
 * What a platform repository is like.
 */
export interface PlatformSnapshot {
  readonly repository: HostedRepository;
  /** That Argo CD follows. */
  readonly branch: string;
  readonly head: BranchHead;
  /** Open pull requests of ours, oldest first. */
  readonly proposals: readonly ProposalFacts[];
}

/**
 * Reads platform repositories, and remembers for a while what they said.
 */
export class Platforms {
  readonly #hosting: GitHosting;
  readonly #snapshots = new Map<string, Kept<PlatformSnapshot>>();
  readonly #described = new Map<string, Kept<PullRequest>>();
  readonly #protections = new Map<string, Kept<ProtectionFacts>>();
  readonly #sources = new RepositorySources();

  constructor(hosting: GitHosting) {
    this.#hosting = hosting;
  }

  repository(url: string): HostedRepository {
    return this.#hosting.repository(url);
  }

  /** As it was at most half a minute ago. */
  async read(url: string): Promise<PlatformSnapshot> {
    try {
      const taken = await keep(this.#snapshots, url, () => this.#take(url));
      this.#sources.wentWell(url, this.repository(url).slug);
      return taken;
    } catch (error) {
      this.#sources.failed(url, this.repository(url).slug, error);
      throw error;
    }
  }

  /** Something changed there. */
  forget(url: string): void {
    this.#snapshots.delete(url);
    for (const key of this.#described.keys()) {
      if (key.startsWith(`${url}#`)) {
        this.#described.delete(key);
      }
    }
  }

  /** An open pull request of a snapshot, as it was lately. */
  describeListed(
    url: string,
    { repository, branch }: PlatformSnapshot,
    { number }: ProposalFacts,
  ): Promise<PullRequest> {
    return keep(this.#described, `${url}#${number}`, async () =>
      this.describe(url, branch, await repository.readPullRequest(number)),
    );
  }

  /** A pull request of ours, with what it waits for. */
  async describe(
    repositoryUrl: string,
    base: string,
    pullRequest: ProposalFacts,
  ): Promise<PullRequest> {
    const repository = this.repository(repositoryUrl);
    return describePullRequest(repository, {
      pullRequest,
      base,
      protection: keep(this.#protections, repositoryUrl, () =>
        repository.readProtection(base),
      ),
      keptBy: 'portal',
    });
  }

  /** How well it could be read the last time. */
  source(url: string): Source | undefined {
    return this.#sources.get(url);
  }

  async #take(url: string): Promise<PlatformSnapshot> {
    const repository = this.repository(url);
    const facts: RepositoryFacts = await repository.describe();
    const branch = facts.defaultBranch;
    const [head, proposals] = await Promise.all([
      repository.head(branch),
      repository.listPullRequests({ base: branch, prefix: OUR_BRANCHES }),
    ]);
    return {
      repository,
      branch,
      head,
      proposals,
    };
  }
}
