/** A Git repository, independent of how its address is spelled. */
export interface RepositoryAddress {
  /** Lower case, with the port where it is not the protocol's own. */
  readonly host: string;
  /** Lower case, without slashes at its ends and without `.git`. */
  readonly path: string;
  /** An SSH address: its port tells nothing about that of the web address. */
  readonly ssh: boolean;
}

const DEFAULT_PORTS: Record<string, string> = { 'ssh:': '22', 'git:': '9418' };

/**
 * Reads a repository's address in any usual spelling: `https://host/a/b`,
 * with `.git` or a slash at the end, `ssh://git@host/a/b`, `git@host:a/b`.
 * Git hostings don't distinguish upper and lower case in them.
 *
 * @returns nothing if it is no such address.
 */
export function parseRepositoryAddress(
  text: string,
): RepositoryAddress | undefined {
  const trimmed = text.trim();
  const scpLike = /^(?:[^@/\s]+@)([^:/\s]+):(?!\/\/)(.+)$/.exec(trimmed);
  if (scpLike) {
    return toAddress(scpLike[1] ?? '', scpLike[2] ?? '', true);
  }
  if (!URL.canParse(trimmed)) {
    return undefined;
  }
  const url = new URL(trimmed);
  const usualPort = DEFAULT_PORTS[url.protocol];
  const host = url.port && url.port !== usualPort ? url.host : url.hostname;
  return toAddress(host, url.pathname, url.protocol === 'ssh:');
}

function toAddress(
  host: string,
  rawPath: string,
  ssh: boolean,
): RepositoryAddress | undefined {
  const path = rawPath
    .replace(/^\/+|\/+$/g, '')
    .replace(/\.git$/i, '')
    .toLowerCase();
  return host && path ? { host: host.toLowerCase(), path, ssh } : undefined;
}

/** Whether both are the same repository. */
export function isSameRepository(
  a: RepositoryAddress,
  b: RepositoryAddress,
): boolean {
  if (a.path !== b.path) {
    return false;
  }
  return a.ssh || b.ssh ? hostName(a) === hostName(b) : a.host === b.host;
}

function hostName({ host }: RepositoryAddress): string {
  return host.replace(/:\d+$/, '');
}
