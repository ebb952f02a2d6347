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
import { OUR_BRANCHES } from './branches';
import { describeWaiting } from './describeWaiting';
import { sourceStateOf, wordsOf } from './sourceState';

/** Events of the Git hosting make it shorter. */
const KEPT_MS = 30_000;

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

interface Kept<T> {
  readonly value: Promise<T>;
  readonly until: number;
}

/**
 * Reads platform repositories, and remembers for a while what they said.
 */
export class Platforms {
  readonly #hosting: GitHosting;
  readonly #snapshots = new Map<string, Kept<PlatformSnapshot>>();
  readonly #described = new Map<string, Kept<PullRequest>>();
  readonly #protections = new Map<string, Kept<ProtectionFacts>>();
  readonly #sources = new Map<string, Source>();

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
      this.#tell(url, { state: 'ok' });
      return taken;
    } catch (error) {
      this.#tell(url, {
        state: sourceStateOf(error),
        message: wordsOf(error),
      });
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
    const { number, url, title, mergeable } = pullRequest;
    const [reviews, protection] = await Promise.all([
      repository.readReviews(number),
      keep(this.#protections, repositoryUrl, () =>
        repository.readProtection(base),
      ),
    ]);
    const facts = { pullRequest, reviews, protection, base };
    return {
      number,
      url,
      title,
      waitsFor: describeWaiting(facts),
      ...(mergeable !== undefined && { mergeable }),
    };
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

  #tell(url: string, now: Pick<Source, 'state' | 'message'>): void {
    const before = this.#sources.get(url);
    const since =
      before?.state === now.state ? before.since : new Date().toISOString();
    const name = `repository:${this.repository(url).slug}`;
    this.#sources.set(url, { name, since, ...now });
  }
}

/** What is kept, or what is taken now; what failed is not kept. */
function keep<T>(
  kept: Map<string, Kept<T>>,
  key: string,
  take: () => Promise<T>,
): Promise<T> {
  const known = kept.get(key);
  if (known && known.until > Date.now()) {
    return known.value;
  }
  const taken = { value: take(), until: Date.now() + KEPT_MS };
  kept.set(key, taken);
  taken.value.catch(() => {
    if (kept.get(key) === taken) {
      kept.delete(key);
    }
  });
  return taken.value;
}
