import { readResources } from '@callboard/backstage-plugin-gitops-node';

/** A remote base of a kustomization. */
interface RemoteBase {
  /** Path of its repository on its host; lower case. */
  readonly repository: string;
  /** Whether what it asks for can move: a branch, or nothing named. */
  readonly isFloating: boolean;
}

const REMOTE = /^(?:https?:\/\/|ssh:\/\/|[^@/\s]+@[^:/\s]+:)/i;
/** kustomize reads it as it is, without Git. */
const MANIFEST = /\.(?:ya?ml|json)$/i;
const COMMIT = /^[0-9a-f]{40}$/i;
const VERSION = /^v?\d+\.\d+/;

/**
 * The remote bases that a kustomization names itself.
 *
 * @param text - nothing where there is none; what cannot be read has none.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/master/api/internal/git/repospec.go
 */
export function remoteBasesOf(text: string | null | undefined): RemoteBase[] {
  try {
    return text ? readResources(text).flatMap(entry => parse(entry) ?? []) : [];
  } catch {
    return [];
  }
}

function parse(entry: string): RemoteBase | undefined {
  const address = entry
    .trim()
    .replace(/^git::/i, '')
    .replace(/^(?=github\.com\/)/i, 'https://');
  const [location = '', query] = address.split('?', 2);
  const repository = REMOTE.test(location) && repositoryOf(location);
  if (!repository || MANIFEST.test(location)) {
    return undefined;
  }
  const parameters = new URLSearchParams(query);
  const ref = parameters.get('ref') ?? parameters.get('version') ?? '';
  return { repository, isFloating: !COMMIT.test(ref) && !VERSION.test(ref) };
}

function repositoryOf(location: string): string {
  const path = location.replace(/^(?:\w+:\/\/[^/]+\/|[^:/]+:)/, '');
  const [explicit = '', ...folders] = path.split('//');
  const [, beforeGit] = /^(.+?)\.git(?:\/|$)/i.exec(explicit) ?? [];
  const repository =
    folders.length > 0 ? explicit : explicit.split('/').slice(0, 2).join('/');
  return (beforeGit ?? repository).toLowerCase();
}
