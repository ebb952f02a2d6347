import { type ArgoRight } from '../argocd/ArgocdSetupClient';

/** What the portal's account should be allowed to do in an instance. */
interface PlannedRights {
  /** Without these something does not work at all. */
  readonly needed: readonly ArgoRight[];
  /** Without these the portal only reads. */
  readonly toSync: readonly ArgoRight[];
  readonly toReadLogs: readonly ArgoRight[];
  /** Without these previews of pull requests are not told from other applications. */
  readonly toTellPreviews: readonly ArgoRight[];
  /** Without these the set-up cannot be checked. */
  readonly toCheckProjects: readonly ArgoRight[];
  readonly toCheckRepositories: readonly ArgoRight[];
  /** More than the portal ever uses. */
  readonly tooMuch: readonly ArgoRight[];
}

const right = (
  resource: string,
  action: string,
  object: string,
): ArgoRight => ({ resource, action, object });

/** @param projects - AppProjects of the environments that the instance deploys to */
export function planRights(projects: readonly string[]): PlannedRights {
  const ofApplications = (resource: string, action: string) =>
    projects.map(project => right(resource, action, `${project}/*`));
  return {
    needed: ofApplications('applications', 'get'),
    toSync: ofApplications('applications', 'sync'),
    toReadLogs: ofApplications('logs', 'get'),
    toTellPreviews: ofApplications('applicationsets', 'get'),
    toCheckProjects: projects.map(project => right('projects', 'get', project)),
    toCheckRepositories: [right('repositories', 'get', '*')],
    tooMuch: [
      ...ofApplications('applications', 'delete'),
      ...ofApplications('applications', 'create'),
      ...ofApplications('exec', 'create'),
      right('projects', 'update', '*'),
      right('repositories', 'create', '*'),
      right('clusters', 'update', '*'),
      right('accounts', 'update', '*'),
    ],
  };
}

/** All of them, to ask for. */
export function allRights(planned: PlannedRights): ArgoRight[] {
  return Object.values(planned).flat();
}
