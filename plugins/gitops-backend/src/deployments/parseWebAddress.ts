import {
  parseRepositoryAddress,
  type RepositoryAddress,
} from '../applications/repositoryAddress';

/** A file or folder, as the web face of a Git hosting addresses it. */
export interface WebPlace {
  readonly repository: RepositoryAddress;
  /** Within the repository; empty for its top. */
  readonly path: string;
  /**
   * Branch, tag or commit; absent for the main branch. Where it is a part of
   * the address's path it is taken to have no slash, as the catalog takes it.
   */
  readonly ref?: string;
  /** Both in one where they are: a branch's name may have slashes. */
  readonly refAndPath?: string;
}

/*
 * How Git hostings address a folder of a branch in their web face:
 *   GitLab               /group/sub/repo/-/tree/<branch>/<folder>
 *   GitHub, Gitea, Bitbucket Cloud
 *                        /<owner>/<repo>/(tree|blob|src)/<branch>/<folder>
 */
const REF_IN_PATH: readonly RegExp[] = [
  /^(?<repo>\/.+?)\/-\/(?:tree|blob)\/(?<refAndPath>.+)$/,
  /^(?<repo>\/[^/]+\/[^/]+)\/(?:tree|blob|src\/(?:branch|tag|commit)|src)\/(?<refAndPath>.+)$/,
];

/** Bitbucket Server: `/projects/<project>/repos/<repo>/browse/<folder>?at=<ref>` */
const BITBUCKET_SERVER =
  /^(?<repo>\/(?:projects|users)\/[^/]+\/repos\/[^/]+)\/(?:browse|raw)(?<path>\/.*)?$/;

/** What kind of ref Azure means: a branch, a tag or a commit. */
const AZURE_KIND = /^G[BTC]/;

/**
 * Reads the web address of a repository, or of something in it.
 *
 * @returns nothing where it is none.
 */
export function parseWebAddress(url: URL): WebPlace | undefined {
  const { origin, pathname, searchParams } = url;
  for (const address of REF_IN_PATH) {
    const { repo, refAndPath } = address.exec(pathname)?.groups ?? {};
    if (repo && refAndPath) {
      return withRefInPath(`${origin}${repo}`, refAndPath);
    }
  }
  const { repo, path = '' } = BITBUCKET_SERVER.exec(pathname)?.groups ?? {};
  if (repo) {
    return toPlace(`${origin}${repo}`, decode(path), searchParams.get('at'));
  }
  // Azure: /<organisation>/<project>/_git/<repo>?path=/<folder>&version=GB<branch>
  return toPlace(
    `${origin}${pathname}`,
    searchParams.get('path') ?? '',
    searchParams.get('version')?.replace(AZURE_KIND, ''),
  );
}

function withRefInPath(
  address: string,
  refAndPath: string,
): WebPlace | undefined {
  const [ref = '', ...path] = refAndPath.split('/');
  const place = toPlace(address, decode(path.join('/')), decode(ref));
  const whole = decode(refAndPath);
  return place && whole !== undefined
    ? { ...place, refAndPath: withoutSlashes(whole) }
    : undefined;
}

function toPlace(
  address: string,
  path: string | undefined,
  ref: string | null | undefined,
): WebPlace | undefined {
  const repository = parseRepositoryAddress(address);
  return repository && path !== undefined
    ? { repository, path: withoutSlashes(path), ...(ref && { ref }) }
    : undefined;
}

function withoutSlashes(path: string): string {
  return path.replace(/^\/+|\/+$/g, '');
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
