import { ConflictError, NotFoundError } from '@backstage/errors';
import { type RepositoryApi } from './RepositoryApi';
import { type BuiltImage, bumpOverlay } from './bumpOverlay';

/** What the build wants in the overlay. */
interface Release {
  readonly image: BuiltImage;
  readonly environment: string;
  readonly branch: string;
  /** Commit that was built. */
  readonly source: string;
}

/** How the release got into the repository. */
export type Released = 'committed' | 'unchanged' | 'proposed';

const PATIENCE_MS = 60_000;

/**
 * Commits the release to the branch. Where somebody else was faster the edit
 * is made again on what they left; where the branch is protected from the
 * robot a pull request is opened instead.
 */
export async function release(
  api: RepositoryApi,
  wanted: Release,
): Promise<Released> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const base = await headOf(api, wanted.branch);
    const commit = await commitOn(api, base, wanted);
    if (!commit) {
      return 'unchanged';
    }
    const moved = await api.try(`PATCH git/refs/heads/${wanted.branch}`, {
      sha: commit,
      force: false,
    });
    if (moved.status < 300) {
      return 'committed';
    }
    // Refused although nobody was faster: the branch is protected from us.
    if ((await headOf(api, wanted.branch)) === base) {
      await propose(api, commit, wanted);
      return 'proposed';
    }
  }
  throw new ConflictError(
    `${wanted.branch} moved faster than the release could be committed`,
  );
}

async function headOf(api: RepositoryApi, branch: string): Promise<string> {
  const ref = await api.ask<{ object: { sha: string } }>(
    `GET git/ref/heads/${branch}`,
  );
  return ref.object.sha;
}

/** A commit on top of the base that nothing points to yet. */
async function commitOn(
  api: RepositoryApi,
  base: string,
  wanted: Release,
): Promise<string | undefined> {
  const path = overlayOf(wanted.environment);
  const before = await api.text(path, base);
  if (before === undefined) {
    throw new NotFoundError(`There is no ${path} to release to`);
  }
  const after = bumpOverlay(before, wanted.image);
  if (after === before) {
    return undefined;
  }
  const { tree } = await api.ask<{ tree: { sha: string } }>(
    `GET git/commits/${base}`,
  );
  const { sha } = await api.ask<{ sha: string }>('POST git/trees', {
    base_tree: tree.sha,
    tree: [{ path, mode: '100644', type: 'blob', content: after }],
  });
  const commit = await api.ask<{ sha: string }>('POST git/commits', {
    message: `${titleOf(wanted)}\n\nBuilt-from: ${wanted.source}`,
    tree: sha,
    parents: [base],
  });
  return commit.sha;
}

/** One open pull request for each environment; a newer release replaces it. */
async function propose(
  api: RepositoryApi,
  commit: string,
  wanted: Release,
): Promise<void> {
  const head = `ci/release-to-${wanted.environment}`;
  const created = await api.try('POST git/refs', {
    ref: `refs/heads/${head}`,
    sha: commit,
  });
  if (created.status === 422) {
    await api.ask(`PATCH git/refs/heads/${head}`, { sha: commit, force: true });
  }
  const title = titleOf(wanted);
  const opened = await api.try<{ message?: string }>('POST pulls', {
    title,
    head,
    base: wanted.branch,
    body: `${wanted.branch} is protected, so somebody has to merge this.`,
  });
  if (opened.status >= 300) {
    await rename(api, head, title);
  }
}

async function rename(
  api: RepositoryApi,
  head: string,
  title: string,
): Promise<void> {
  const open = await api.ask<{ number: number; head: { ref: string } }[]>(
    'GET pulls?state=open',
  );
  const ours = open.find(pull => pull.head.ref === head);
  if (!ours) {
    throw new NotFoundError(`No pull request of ${head} could be opened`);
  }
  await api.ask(`PATCH pulls/${ours.number}`, { title });
}

function titleOf({ image, environment }: Release): string {
  return `ci: release ${image.tag} to ${environment}`;
}

function overlayOf(environment: string): string {
  return `deploy/overlays/${environment}/kustomization.yaml`;
}
