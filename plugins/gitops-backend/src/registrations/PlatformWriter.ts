import {
  type FileChange,
  type RegistrationChange,
} from '@callboard/backstage-plugin-gitops-common';
import {
  applyEdits,
  type EditedFile,
  type EnvironmentConfig,
  type HostedRepository,
  type ProposalFacts,
  RepositoryRefusedError,
} from '@callboard/backstage-plugin-gitops-node';
import { trailersOf } from './Intent';
import { type PlatformChange, toProposal } from './PlatformChange';
import { type Platforms } from './Platforms';
import { type Refresher } from './Refresher';
import { isRivalBranch } from './branches';
import { unifiedDiff } from './unifiedDiff';

/** What became of a change, without words about it. */
export type Written = Pick<
  RegistrationChange,
  'outcome' | 'files' | 'commit' | 'pullRequest'
>;

/**
 * Writes changes to platform repositories, as the environment's configuration
 * says, and has Argo CD look at what was committed.
 */
export class PlatformWriter {
  readonly #platforms: Platforms;
  readonly #refresher: Refresher;

  constructor(options: { platforms: Platforms; refresher: Refresher }) {
    this.#platforms = options.platforms;
    this.#refresher = options.refresher;
  }

  /** What the change would write; throws what writing would throw of itself. */
  async plan({ environment, edits }: PlatformChange): Promise<FileChange[]> {
    const { repository, branch } = await this.#open(environment);
    const { sha } = await repository.head(branch);
    const paths = [...new Set(edits.map(({ path }) => path))];
    return toChanges(applyEdits(await repository.readFiles(sha, paths), edits));
  }

  async write(change: PlatformChange): Promise<Written> {
    const { environment } = change;
    const { repository, branch } = await this.#open(environment);
    return environment.write === 'commit'
      ? this.#commit(change, repository, branch)
      : this.#propose(change, repository, branch);
  }

  /** An open pull request of ours, by its branch. */
  async findProposal(
    { platformRepo }: EnvironmentConfig,
    branch: string,
  ): Promise<ProposalFacts | undefined> {
    this.#platforms.forget(platformRepo);
    const { proposals } = await this.#platforms.read(platformRepo);
    return proposals.find(proposal => proposal.branch === branch);
  }

  /** An open pull request that registers another entity of the same name. */
  async findRival(
    { platformRepo, name, write }: EnvironmentConfig,
    entityRef: string,
  ): Promise<ProposalFacts | undefined> {
    if (write === 'commit') {
      return undefined;
    }
    const { proposals } = await this.#platforms.read(platformRepo);
    return proposals.find(({ branch }) =>
      isRivalBranch(branch, entityRef, name),
    );
  }

  /** Closes an open pull request of ours. */
  async withdraw(
    { platformRepo }: EnvironmentConfig,
    { number }: ProposalFacts,
    reason: string,
  ): Promise<void> {
    const repository = this.#platforms.repository(platformRepo);
    await repository.comment(number, reason);
    await repository.close(number);
    this.#platforms.forget(platformRepo);
  }

  /** Has Argo CD look at the environment's folders of the platform repository. */
  async refresh({ platformRepo, clusters }: EnvironmentConfig): Promise<void> {
    const roots = new Map(
      clusters.map(({ instance, path }) => [
        `${instance} ${path}`,
        { instance, path },
      ]),
    );
    await Promise.all(
      [...roots.values()].map(root =>
        this.#refresher.refresh({ ...root, repoURL: platformRepo }),
      ),
    );
  }

  async #commit(
    { environment, edits, title, intent }: PlatformChange,
    repository: HostedRepository,
    branch: string,
  ): Promise<Written> {
    const done = await repository.commit({
      branch,
      edits,
      message: title,
      trailers: trailersOf(intent),
    });
    if (done.outcome === 'unchanged') {
      return { outcome: 'unchanged', files: [] };
    }
    this.#platforms.forget(environment.platformRepo);
    await this.refresh(environment);
    const { sha, url, files } = done;
    return {
      outcome: 'committed',
      files: toChanges(files),
      commit: { sha, url },
    };
  }

  async #propose(
    change: PlatformChange,
    repository: HostedRepository,
    branch: string,
  ): Promise<Written> {
    const done = await repository.propose(toProposal(change, branch));
    if (done.outcome === 'unchanged') {
      return { outcome: 'unchanged', files: [] };
    }
    const { platformRepo } = change.environment;
    if (done.outcome !== 'open') {
      this.#platforms.forget(platformRepo);
    }
    const pullRequest = await this.#platforms.describe(
      platformRepo,
      branch,
      done.pullRequest,
    );
    return { outcome: 'proposed', files: toChanges(done.files), pullRequest };
  }

  async #open({ platformRepo, name }: EnvironmentConfig) {
    const repository = this.#platforms.repository(platformRepo);
    const { archived, canPush, defaultBranch } = await repository.describe();
    if (archived) {
      throw new RepositoryRefusedError(
        'archived',
        `${repository.slug} is archived, so nothing can be written for ${name}. Unarchive it, or correct the environment's platformRepo.`,
      );
    }
    if (!canPush) {
      throw new RepositoryRefusedError(
        'no-permission',
        `The portal's account may not write to ${repository.slug}. Give it write access to contents and pull requests.`,
      );
    }
    return { repository, branch: defaultBranch };
  }
}

function toChanges(files: readonly EditedFile[]): FileChange[] {
  return files.map(({ path, before, content }) => ({
    path,
    diff: unifiedDiff(before, content),
  }));
}
