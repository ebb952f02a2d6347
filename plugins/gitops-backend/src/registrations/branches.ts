/** Every branch of ours begins so. */
export const OUR_BRANCHES = 'gitops/';

export function registerBranch(service: string, environment: string): string {
  return `${OUR_BRANCHES}register/${service}-${environment}`;
}

export function deregisterBranch(service: string, environment: string): string {
  return `${OUR_BRANCHES}deregister/${service}-${environment}`;
}

/** In the service repository: carries an image into an overlay. */
export function imageBranch(service: string, environment: string): string {
  return `${OUR_BRANCHES}image/${service}-${environment}`;
}
