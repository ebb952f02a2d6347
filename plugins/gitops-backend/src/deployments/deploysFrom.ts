import { type RootApplication } from '../applications/ApplicationHub';
import {
  type ChangedBranch,
  follows,
} from '../applications/ApplicationRefresher';
import {
  isSameRepository,
  parseRepositoryAddress,
} from '../applications/repositoryAddress';
import { derivePart } from './derivePart';

/**
 * Whether a root has a remote base that follows a branch. Where the manifests
 * do not tell their origin, the service with the repository's name is taken for
 * the one that is deployed from it: a look too many does no harm.
 */
export function deploysFrom(
  root: RootApplication,
  pushed: { readonly repoURL: string; readonly branch: ChangedBranch },
): boolean {
  const { branch } = pushed;
  const address = parseRepositoryAddress(pushed.repoURL);
  if (!address) {
    return false;
  }
  const remote = root.content.inventory
    .fromRepository(address.path)
    .flatMap(({ origin }) => (origin?.isRemote ? origin : []))
    .filter(({ repo }) => {
      const other = parseRepositoryAddress(repo);
      return other && isSameRepository(address, other);
    });
  if (remote.length > 0) {
    return remote.some(({ ref }) => follows(ref ?? 'HEAD', branch));
  }
  const name = address.path.split('/').at(-1) ?? '';
  const service = { name, kubernetesId: name, isDeployable: true };
  return branch.isDefault && derivePart(root, { service }) !== undefined;
}
