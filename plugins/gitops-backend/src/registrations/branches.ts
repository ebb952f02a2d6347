import { DEFAULT_NAMESPACE, parseEntityRef } from '@backstage/catalog-model';

/** Every branch of ours begins so. */
export const OUR_BRANCHES = 'gitops/';

/** Neither a service's name nor a namespace nor a kind has it. */
const SEPARATOR = '_';

export function registerBranch(entityRef: string, environment: string): string {
  return `${OUR_BRANCHES}register/${environment}/${leafOf(entityRef)}`;
}

export function deregisterBranch(
  entityRef: string,
  environment: string,
): string {
  return `${OUR_BRANCHES}deregister/${environment}/${leafOf(entityRef)}`;
}

/** In the service repository: carries an image into an overlay. */
export function imageBranch(entityRef: string, environment: string): string {
  return `${OUR_BRANCHES}image/${environment}/${leafOf(entityRef)}`;
}

/** Whether a branch is of a registration or its removal. */
export function isRegistrationBranch(branch: string): boolean {
  return /^gitops\/(de)?register\/[^/]+\/[^/]+$/.test(branch);
}

/** Whether a branch registers another entity of the same name there. */
export function isRivalBranch(
  branch: string,
  entityRef: string,
  environment: string,
): boolean {
  const own = registerBranch(entityRef, environment);
  const folder = own.slice(0, own.lastIndexOf('/') + 1);
  return (
    branch !== own &&
    branch.startsWith(folder) &&
    branch.slice(folder.length).split(SEPARATOR).at(-1) ===
      parseEntityRef(entityRef).name
  );
}

/** The name is enough for most entities. */
function leafOf(entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return kind === 'component' && namespace === DEFAULT_NAMESPACE
    ? name
    : [kind, namespace, name].join(SEPARATOR);
}
