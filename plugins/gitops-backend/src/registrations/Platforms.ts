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
  /** With what it waits for; read once. */
  describe(proposal: ProposalFacts): Promise<PullRequest>;
}

interface Kept {
  readonly snapshot: Promise<PlatformSnapshot>;
  readonly until: number;
}

/**
 * Reads platform repositories, and remembers for a while what they said.
 */
export class Platforms {
  readonly #hosting: GitHosting;
  readonly #kept = new Map<string, Kept>();
  readonly #sources = new Map<string, Source>();

  constructor(hosting: GitHosting) {
    this.#hosting = hosting;
  }

  repository(url: string): HostedRepository {
    return this.#hosting.repository(url);
  }

  /** As it was at most half a minute ago. */
  async read(url: string): Promise<PlatformSnapshot> {
    const kept = this.#kept.get(url);
    if (kept && kept.until > Date.now()) {
      return kept.snapshot;
    }
    const snapshot = this.#take(url);
    this.#kept.set(url, { snapshot, until: Date.now() + KEPT_MS });
    try {
      const taken = await snapshot;
      this.#tell(url, { state: 'ok' });
      return taken;
    } catch (error) {
      this.forget(url);
      this.#tell(url, {
        state: sourceStateOf(error),
        message: wordsOf(error),
      });
      throw error;
    }
  }

  /** Something changed there. */
  forget(url: string): void {
    this.#kept.delete(url);
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
      describe: createDescriber(repository, branch),
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

function createDescriber(
  repository: HostedRepository,
  base: string,
): PlatformSnapshot['describe'] {
  const described = new Map<number, Promise<PullRequest>>();
  let protection: Promise<ProtectionFacts> | undefined;

  async function read({ number }: ProposalFacts): Promise<PullRequest> {
    protection ??= repository.readProtection(base);
    const [pullRequest, reviews, rules] = await Promise.all([
      repository.readPullRequest(number),
      repository.readReviews(number),
      protection,
    ]);
    const { url, title, mergeable } = pullRequest;
    const facts = { pullRequest, reviews, protection: rules, base };
    return {
      number,
      url,
      title,
      waitsFor: describeWaiting(facts),
      ...(mergeable !== undefined && { mergeable }),
    };
  }

  return proposal => {
    const known = described.get(proposal.number) ?? read(proposal);
    described.set(proposal.number, known);
    return known;
  };
}
