import {
  type ApplicationRef,
  type PodName,
} from '@callboard/backstage-plugin-gitops-common';

/** The parts of a deployment's details, in the order of their tabs. */
export const SECTIONS = [
  'summary',
  'resources',
  'diff',
  'events',
  'history',
  'logs',
] as const;

export type Section = (typeof SECTIONS)[number];

/** What an address says about the details that are open. */
export interface DeploymentLink {
  /** See {@link deploymentKey}. */
  readonly deployment?: string;
  readonly section: Section;
  /** Whose log to show. */
  readonly pod?: Pick<PodName, 'namespace' | 'name'>;
}

/** A deployment's name in addresses: `main/argocd/cart-dev`. */
export function deploymentKey(
  application: Pick<ApplicationRef, 'instance' | 'namespace' | 'name'>,
): string {
  return [application.instance, application.namespace, application.name].join(
    '/',
  );
}

/** Reads an address. Whatever it does not know in it is as good as absent. */
export function parseDeploymentLink(query: URLSearchParams): DeploymentLink {
  const deployment = query.get('deployment') ?? undefined;
  const asked = SECTIONS.find(it => it === query.get('section')) ?? 'summary';
  const pod = parsePod(query.get('pod'));
  return {
    deployment,
    // There is no log without a pod.
    section: asked === 'logs' && !pod ? 'resources' : asked,
    ...(pod && { pod }),
  };
}

/** The query with these details open, or with none. What else it says stays. */
export function withDeploymentLink(
  query: URLSearchParams,
  link: DeploymentLink | undefined,
): string {
  const next = new URLSearchParams(query);
  for (const name of ['deployment', 'section', 'pod']) {
    next.delete(name);
  }
  if (link?.deployment) {
    next.set('deployment', link.deployment);
    if (link.section !== 'summary') {
      next.set('section', link.section);
    }
    if (link.pod) {
      next.set('pod', `${link.pod.namespace}/${link.pod.name}`);
    }
  }
  // Slashes may stand in a query as they are, and people read the address.
  const text = next.toString().replaceAll('%2F', '/');
  return text && `?${text}`;
}

function parsePod(text: string | null): DeploymentLink['pod'] {
  const [namespace, name, ...rest] = text?.split('/') ?? [];
  return namespace && name && rest.length === 0
    ? { namespace, name }
    : undefined;
}
