/**
 * Whether two entries of a kustomization's `resources` mean the same thing,
 * however they are spelled: with or without `//`, `.git`, a trailing slash or
 * `./`; hosts in any case; `github.com` without a scheme; with the prefix
 * `git::`; over HTTP or SSH.
 *
 * @remarks
 * The revision (`?ref=`, `?version=`) does not count: two revisions of one base
 * cannot be in one kustomization, their objects would collide.
 *
 * @public
 */
export function sameResource(a: string, b: string): boolean {
  return resourceIdentity(a) === resourceIdentity(b);
}

// kustomize's grammar of remote bases: api/internal/git/repospec.go.
const REMOTE =
  /^(?:(?<scheme>https?|ssh|file):\/\/|(?=(?:[^/@\s]+@)?github\.com[/:])|(?=git@))(?:[^/@\s]+@)?(?<rest>.+)$/i;
const DEFAULT_PORT: Readonly<Record<string, string>> = {
  http: ':80',
  https: ':443',
  ssh: ':22',
};

/**
 * One spelling for all spellings of a resource.
 */
export function resourceIdentity(resource: string): string {
  const entry = resource
    .trim()
    .replace(/^git::/i, '')
    .replace(/^gh:/i, 'github.com/');
  const remote = REMOTE.exec(entry)?.groups;
  return remote?.rest
    ? remoteIdentity(remote.scheme?.toLowerCase(), remote.rest)
    : localIdentity(entry);
}

function remoteIdentity(scheme: string | undefined, rest: string): string {
  const [location = ''] = rest.split('?', 1);
  if (scheme === 'file') {
    return `file:${cleanPath(location)}`;
  }
  // `host/path`, `host:port/path`, or `host:path` as scp writes it.
  const slash = location.search(/[/]|:(?!\d+(?:\/|$))/);
  const host = slash === -1 ? location : location.slice(0, slash);
  const path = slash === -1 ? '' : location.slice(slash + 1);
  // No local path starts like this.
  return `//${cleanHost(scheme, host)}/${cleanPath(path)}`;
}

function cleanHost(scheme: string | undefined, host: string): string {
  const lower = host.toLowerCase();
  const port = DEFAULT_PORT[scheme ?? ''];
  return port && lower.endsWith(port) ? lower.slice(0, -port.length) : lower;
}

function cleanPath(path: string): string {
  const segments = path.split('/').filter(part => part && part !== '.');
  // Only the repository's name may end so; folders below it are left alone.
  const repository = segments.findIndex(part => part.endsWith('.git'));
  return segments
    .map((part, index) => (index === repository ? part.slice(0, -4) : part))
    .join('/');
}

function localIdentity(path: string): string {
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && kept.length > 0 && kept.at(-1) !== '..') {
      kept.pop();
    } else if (part && part !== '.') {
      kept.push(part);
    }
  }
  return `${path.startsWith('/') ? '/' : ''}${kept.join('/')}`;
}
