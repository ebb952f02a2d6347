import { timestamp } from '../../cluster/KubeObject';
import { CONTROL_PLANE } from '../Application';
import { matchesGlob } from '../matchesGlob';
import { GrpcError } from './GrpcError';
import { type Session } from './tokens';

/** Who may do what when nothing else is said: the portal reads and syncs, `admin` does anything. */
export const DEFAULT_POLICY = `
p, role:admin, *, *, *, allow
p, role:backstage, applications, get, */*, allow
p, role:backstage, applications, sync, */*, allow
p, role:backstage, applications, action/*, */*, allow
p, role:backstage, applicationsets, get, */*, allow
p, role:backstage, projects, get, *, allow
p, role:backstage, clusters, get, *, allow
p, role:backstage, repositories, get, *, allow
p, role:backstage, logs, get, */*, allow
g, admin, role:admin
g, backstage, role:backstage
`;

/** Argo CD's role-based access control: the lines of `argocd-rbac-cm`. */
export class Policy {
  readonly #rules: readonly string[][];

  constructor(lines: string) {
    this.#rules = lines
      .split('\n')
      .map(line => line.split(',').map(part => part.trim()))
      .filter(([kind]) => kind === 'p' || kind === 'g');
  }

  /** Every account that a line speaks of. */
  get accounts(): ReadonlySet<string> {
    return new Set(
      this.#rules.flatMap(([, subject = '']) =>
        subject.startsWith('role:') ? [] : [subject],
      ),
    );
  }

  allows(account: string, request: AccessRequest): boolean {
    const subjects = new Set([account]);
    for (const [kind, subject = '', role = ''] of this.#rules) {
      if (kind === 'g' && subjects.has(subject)) subjects.add(role);
    }
    const matching = this.#rules.filter(
      ([kind, subject = '', resource = '', action = '', object = '']) =>
        kind === 'p' &&
        subjects.has(subject) &&
        matchesGlob(resource, request.resource) &&
        matchesGlob(action, request.action) &&
        matchesGlob(object, request.object),
    );
    return (
      matching.some(rule => rule[5] === 'allow') &&
      !matching.some(rule => rule[5] === 'deny')
    );
  }

  /** @throws GrpcError `PermissionDenied` that says what was asked, and by whom. */
  enforce(session: Session, request: AccessRequest): void {
    if (this.allows(session.account, request)) return;
    const { resource, action, object } = request;
    throw new GrpcError(
      'PermissionDenied',
      `permission denied: ${resource}, ${action}, ${object}, sub: ${
        session.account
      }, iat: ${timestamp(session.issuedAt * 1000)}`,
    );
  }
}

interface AccessRequest {
  resource: string;
  action: string;
  object: string;
}

/** `<project>/<name>`, with the namespace between them where it is not Argo CD's own. */
export function applicationObject(
  project: string,
  namespace: string,
  name: string,
): string {
  return namespace && namespace !== CONTROL_PLANE
    ? `${project}/${namespace}/${name}`
    : `${project}/${name}`;
}
