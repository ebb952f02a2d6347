import {
  type Application,
  applicationRef,
  CONTROL_PLANE,
  isApplication,
  projectOf,
} from '../Application';
import { type KnownClusters } from '../Clusters';
import { GrpcError, permissionDenied } from './GrpcError';
import { applicationObject, type Policy } from './Policy';
import { labelSelector } from './labelSelector';
import { type Session } from './tokens';

/** Which Application is meant: the project is optional, but decides between 403 and 404. */
export interface ApplicationQuery {
  name: string;
  namespace: string;
  project: string;
}

/** Applications as somebody is allowed to see them. */
export class ApplicationAccess {
  readonly #clusters: KnownClusters;
  readonly #policy: Policy;

  constructor(clusters: KnownClusters, policy: Policy) {
    this.#clusters = clusters;
    this.#policy = policy;
  }

  /**
   * The Application, if this session may do that to it (Argo CD's
   * `getAppEnforceRBAC`): without a project nobody learns whether it exists.
   */
  get(session: Session, query: ApplicationQuery, action = 'get'): Application {
    const { name, namespace, project } = query;
    if (
      project &&
      !this.#allows(
        session,
        action,
        applicationObject(project, namespace, name),
      )
    ) {
      throw permissionDenied();
    }
    const application = this.#clusters.control.get(
      applicationRef(name, namespace),
    ) as Application | undefined;
    const hidden = project ? notFound(name) : permissionDenied();
    if (!application || !this.mayRead(session, application, action))
      throw hidden;
    if (project && projectOf(application) !== project) throw notFound(name);
    return application;
  }

  /** @throws GrpcError that names what is missing */
  enforce(
    session: Session,
    application: Application,
    right: { resource: 'applications' | 'logs'; action: string },
  ): void {
    this.#policy.enforce(session, { ...right, object: objectOf(application) });
  }

  mayRead(session: Session, application: Application, action = 'get'): boolean {
    return this.#allows(session, action, objectOf(application));
  }

  /** Everything the query's filters let through and the session may see, by name. */
  list(session: Session, query: URLSearchParams): Application[] {
    const matches = applicationFilter(query);
    const repo = query.get('repo');
    return this.#clusters.control
      .list(isApplication)
      .map(object => object as Application)
      .filter(matches)
      .filter(({ spec }) => !repo || spec.source?.repoURL === repo)
      .filter(application => this.mayRead(session, application))
      .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  }

  #allows(session: Session, action: string, object: string): boolean {
    const request = { resource: 'applications', action, object };
    return this.#policy.allows(session.account, request);
  }
}

/** The filters that list and watch share. */
export function applicationFilter(
  query: URLSearchParams,
): (application: Application) => boolean {
  const projects = [...query.getAll('projects'), ...query.getAll('project')];
  const name = query.get('name');
  const namespace = query.get('appNamespace');
  const selects = labelSelector(query.get('selector') ?? '');
  return application =>
    (projects.length === 0 || projects.includes(projectOf(application))) &&
    (!name || application.metadata.name === name) &&
    (!namespace || application.metadata.namespace === namespace) &&
    selects(application.metadata.labels ?? {});
}

function objectOf(application: Application): string {
  const { namespace = CONTROL_PLANE, name } = application.metadata;
  return applicationObject(projectOf(application), namespace, name);
}

function notFound(name: string): GrpcError {
  return new GrpcError(
    'NotFound',
    `applications.argoproj.io "${name}" not found`,
  );
}
