import { type ScriptedArgocd } from './ScriptedArgocd';
import { argoJson } from './argoApplication';
import { component } from './startGitops';

export const GIT = 'http://localhost:7080/acme';

/** An object of the root: as Argo CD lists it, as Git has it, and live. */
export interface RootObject {
  kind?: string;
  name: string;
  namespace?: string;
  status?: string;
  health?: string;
  labels?: Record<string, string>;
  origin?: string;
  image?: string;
  liveImage?: string;
  hook?: boolean;
  requiresPruning?: boolean;
}

/** What kustomize writes into the annotation of a service's manifests. */
export const originOf = (service: string, ref = 'main') =>
  `path: deploy/base/deployment.yaml\nrepo: ${GIT}/${service}\nref: ${ref}\n`;

function manifest(object: RootObject, image = object.image): string {
  const { kind = 'Deployment', name, namespace, labels, origin } = object;
  return JSON.stringify({
    apiVersion: kind === 'Service' ? 'v1' : 'apps/v1',
    kind,
    metadata: {
      name,
      namespace,
      labels,
      annotations: origin && { 'config.kubernetes.io/origin': origin },
    },
    ...(image && {
      spec: { template: { spec: { containers: [{ image }] } } },
    }),
  });
}

function listed(object: RootObject) {
  const { kind = 'Deployment', name, namespace, hook } = object;
  const { status = 'Synced', health = 'Healthy', requiresPruning } = object;
  return {
    group: kind === 'Service' ? undefined : 'apps',
    version: 'v1',
    kind,
    namespace,
    name,
    ...(hook ? { hook } : { status }),
    ...(requiresPruning && { requiresPruning }),
    ...(health && { health: { status: health } }),
  };
}

/** A component with a repository of its own. */
export const service = (
  name: string,
  annotations: Record<string, string> = {},
) =>
  component(name, {
    'backstage.io/source-location': `url:${GIT}/${name}/tree/main/`,
    ...annotations,
  });

/**
 * The root application of dev with these objects. Argo CD renders them, and
 * finds them, for whatever it is asked about.
 */
export function rootJson(
  argocd: ScriptedArgocd,
  objects: RootObject[],
  status: object = {},
) {
  argocd.manifests = objects
    .filter(({ requiresPruning }) => !requiresPruning)
    .map(object => manifest(object));
  argocd.live = objects.flatMap(object =>
    object.liveImage ? [manifest(object, object.liveImage)] : [],
  );
  return argoJson({
    metadata: { name: 'root-dev', labels: {}, annotations: {} },
    spec: {
      project: 'roots',
      source: {
        repoURL: `${GIT}/gitops-infra.git`,
        path: 'clusters/dev/argocd',
        targetRevision: 'main',
      },
      destination: { server: 'https://dev.k8s.acme.test' },
    },
    status: { resources: objects.map(listed), ...status },
  });
}
