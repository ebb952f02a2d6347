import { type ScmIntegrations } from '@backstage/integration';
import { type SourceRevision } from '../applications/Application';
import { parseRepositoryAddress } from '../applications/repositoryAddress';

const FULL_SHA = /^([0-9a-f]{40}|[0-9a-f]{64})$/;

/** Where the web face of a kind of Git hosting shows a commit. */
const COMMIT_PATHS: Record<string, (repo: string, sha: string) => string> = {
  github: (repo, sha) => `${repo}/commit/${sha}`,
  gitlab: (repo, sha) => `${repo}/-/commit/${sha}`,
  gitea: (repo, sha) => `${repo}/commit/${sha}`,
  azure: (repo, sha) => `${repo}/commit/${sha}`,
  bitbucketCloud: (repo, sha) => `${repo}/commits/${sha}`,
  bitbucketServer: (repo, sha) => `${repo}/commits/${sha}`,
};

/**
 * The web page of a commit; nothing where the Git hosting is none that
 * Backstage's `integrations` know.
 */
export function commitUrl(
  { kind, repo, value }: SourceRevision,
  integrations: Pick<ScmIntegrations, 'byUrl' | 'byHost'>,
): string | undefined {
  const page = kind === 'git' && FULL_SHA.test(value) && webPage(repo);
  if (!page) {
    return undefined;
  }
  const type = integrations.byUrl(page)?.type;
  return type && COMMIT_PATHS[type]?.(page.href, value);
}

/** The repository's web address, without credentials and `.git`. */
function webPage(repo: string): URL | undefined {
  const address = parseRepositoryAddress(repo);
  if (!address) {
    return undefined;
  }
  if (address.ssh) {
    return new URL(
      `https://${address.host.replace(/:\d+$/, '')}/${address.path}`,
    );
  }
  const url = new URL(repo.trim());
  url.username = '';
  url.password = '';
  url.search = '';
  url.hash = '';
  url.pathname = url.pathname.replace(/\/+$/, '').replace(/\.git$/i, '');
  return /^https?:$/.test(url.protocol) ? url : undefined;
}
