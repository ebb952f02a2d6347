import { DEV_CLUSTER } from './environments';
import { ORGANISATION } from './organisation';
import { PLATFORM_REPOSITORY } from './platformManifests';

/**
 * An Application that somebody wrote by hand, without the portal. It names no
 * entity, so that the portal has to ask whose it is.
 */
interface HandWritten {
  readonly name: string;
  readonly environment: string;
  /** Folder of its manifests in the platform repository. */
  readonly folder: string;
  readonly manifests: Readonly<Record<string, string>>;
}

/** The catalog has a component that claims this one, in a file somewhere else. */
export const FEATURE_FLAGS = 'feature-flags-dev';

export const HAND_WRITTEN: readonly HandWritten[] = [
  {
    name: FEATURE_FLAGS,
    environment: 'dev',
    folder: 'shared/feature-flags',
    manifests: settings('feature-flags', ['NEW_CHECKOUT=on', 'GIFT_CARDS=off']),
  },
  // Of a team that is not in the catalog.
  {
    name: 'load-test-dev',
    environment: 'dev',
    folder: 'shared/load-test',
    manifests: settings('load-test', ['USERS=200', 'RAMP_UP=5m']),
  },
];

/** Path of the Application, relative to the environment's folder. */
export function handWrittenPath({ name }: HandWritten): string {
  return `apps/${name}.yaml`;
}

/** Everything that is in the platform repository because of it. */
export function handWrittenFiles(
  written: HandWritten,
  environmentFolder: string,
  gitUrl: string,
): Record<string, string> {
  const manifests = Object.entries(written.manifests).map(([file, text]) => [
    `${written.folder}/${file}`,
    text,
  ]);
  return {
    ...Object.fromEntries(manifests),
    [`${environmentFolder}/${handWrittenPath(written)}`]: application(
      written,
      gitUrl,
    ),
  };
}

function application(
  { name, environment, folder }: HandWritten,
  gitUrl: string,
): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  namespace: argocd
spec:
  project: services-${environment}
  source:
    repoURL: ${gitUrl}/${ORGANISATION.login}/${PLATFORM_REPOSITORY}
    path: ${folder}
    targetRevision: main
  destination:
    server: ${DEV_CLUSTER.server}
    namespace: ${name}
  syncPolicy:
    automated:
      prune: true
      selfHeal: true
    syncOptions:
      - CreateNamespace=true
`;
}

/** Manifests that run nothing: a ConfigMap for others to read. */
function settings(
  name: string,
  literals: readonly string[],
): Record<string, string> {
  const values = literals.map(literal => literal.split('='));
  return {
    'kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization

resources:
  - settings.yaml
`,
    'settings.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
data:
${values.map(([key, value]) => `  ${key}: '${value}'\n`).join('')}`,
  };
}
