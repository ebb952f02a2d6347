import { InputError } from '@backstage/errors';
import {
  type Source,
  type WaitingRelease,
} from '@callboard/backstage-plugin-gitops-common';
import {
  type GitHosting,
  type GitopsConfig,
  type HostedRepository,
  type ProposalFacts,
} from '@callboard/backstage-plugin-gitops-node';
import { RepositorySources } from './RepositorySources';
import { type Service } from './Service';
import { CI_BRANCHES, ciBranch, versionOfTitle } from './ciRelease';
import { describePullRequest } from './describePullRequest';
import { keep, type Kept } from './keep';
import { isServiceRepository } from './serviceRepository';
import { isTrouble, wordsOf } from './sourceState';

/** By the name of the environment that it is for. */
type Releases = ReadonlyMap<string, WaitingRelease>;

/** What waits, and how well the repository that tells it could be read. */
export interface FoundReleases {
  readonly releases: Releases;
  /** Absent where nothing was asked. */
  readonly source?: Source;
}

/**
 * The releases of services that CI could not commit, since the main branch is
 * protected: its open pull requests in the services' own repositories. Each
 * repository is asked once for everybody who looks.
 */
export class WaitingReleases {
  readonly #config: GitopsConfig;
  readonly #hosting: GitHosting;
  readonly #kept = new Map<string, Kept<Releases>>();
  readonly #sources = new RepositorySources();

  constructor(options: { config: GitopsConfig; hosting: GitHosting }) {
    this.#config = options.config;
    this.#hosting = options.hosting;
  }

  /** As it was at most half a minute ago; nothing where it cannot be read. */
  async find(service: Service): Promise<FoundReleases> {
    const repository = this.#repositoryOf(service);
    if (!repository) {
      return { releases: new Map() };
    }
    const { slug } = repository;
    const key = keyOf(repository.url);
    try {
      const releases = await keep(this.#kept, key, () =>
        this.#take(repository),
      );
      return { releases, source: this.#sources.wentWell(key, slug) };
    } catch (error) {
      if (!isTrouble(error)) {
        throw error;
      }
      const source = this.#sources.failed(key, slug, error);
      const message = `Whether a release of ${slug} waits to be merged is not known. ${wordsOf(
        error,
      )}`;
      return { releases: new Map(), source: { ...source, message } };
    }
  }

  /** Something changed there. */
  forget(repositoryUrl: string): void {
    this.#kept.delete(keyOf(repositoryUrl));
  }

  /** The one that the entity names, if the portal may ask it. */
  #repositoryOf({ repository }: Service): HostedRepository | undefined {
    const { serviceRepositories } = this.#config;
    if (!repository || !isServiceRepository(repository, serviceRepositories)) {
      return undefined;
    }
    try {
      return this.#hosting.repository(repository);
    } catch (error) {
      // On another Git hosting, where the workflow does not run.
      if (error instanceof InputError) {
        return undefined;
      }
      throw error;
    }
  }

  async #take(repository: HostedRepository): Promise<Releases> {
    const { archived, defaultBranch: base } = await repository.describe();
    if (archived) {
      return new Map();
    }
    const listed = await repository.listPullRequests({
      base,
      prefix: CI_BRANCHES,
    });
    const found = await Promise.all(
      this.#config.environments.map(async ({ name }) => {
        const pull = listed.find(({ branch }) => branch === ciBranch(name));
        const release =
          pull && (await describeRelease(repository, { pull, base, name }));
        return release ? ([name, release] as const) : undefined;
      }),
    );
    return new Map(found.filter(entry => entry !== undefined));
  }
}

async function describeRelease(
  repository: HostedRepository,
  listed: { pull: ProposalFacts; base: string; name: string },
): Promise<WaitingRelease | undefined> {
  const { pull, base, name } = listed;
  const pullRequest = await repository.readPullRequest(pull.number);
  // It was merged or closed since it was listed.
  if (!pullRequest.open) {
    return undefined;
  }
  const version = versionOfTitle(pullRequest.title, name);
  return {
    ...(version && { version }),
    pullRequest: await describePullRequest(repository, {
      pullRequest,
      base,
      protection: repository.readProtection(base),
      keptBy: 'ci',
    }),
  };
}

/** Git hostings don't distinguish upper and lower case in addresses. */
function keyOf(repositoryUrl: string): string {
  return repositoryUrl.toLowerCase();
}
