import { type EnvironmentConfig } from '@callboard/backstage-plugin-gitops-node';
import { type ArgoProject } from '../argocd/setupSchema';
import {
  type NamedOutcome,
  named,
  ok,
  type Outcome,
  problem,
  unknown,
  warning,
} from './Check';
import { type InstanceFacts, keyOf } from './InstanceFacts';
import { isListed, matchesGlob } from './matchesGlob';

/** A service that nobody has, to ask what would be permitted. */
const ANY_SERVICE = 'any-service';

/** Whether the AppProject of an environment is there, and permits what it has to and no more. */
export function deriveProjectChecks(
  environment: EnvironmentConfig,
  instances: ReadonlyMap<string, InstanceFacts>,
  serviceRepositories: readonly string[],
): NamedOutcome[] {
  const names = new Set(environment.clusters.map(({ instance }) => instance));
  return [...names].map(instance =>
    named(
      `project@${instance}`,
      `AppProject ${environment.project} in Argo CD (${instance})`,
      checkProject(environment, {
        facts: instances.get(instance),
        instance,
        serviceRepositories,
      }),
    ),
  );
}

function checkProject(
  environment: EnvironmentConfig,
  options: {
    facts: InstanceFacts | undefined;
    instance: string;
    serviceRepositories: readonly string[];
  },
): Outcome {
  const { facts, instance, serviceRepositories } = options;
  const { project: name } = environment;
  const read = facts?.inside?.projects.get(name);
  if (!facts?.inside || !read) {
    return unknown(`Argo CD (${instance}) did not let the portal look.`);
  }
  const right = { resource: 'projects', action: 'get', object: name };
  const mayRead = facts.inside.rights.get(keyOf(right))?.value;
  if (read.failure) {
    return read.failure.kind === 'missing' && mayRead !== false
      ? problem(
          `There is no AppProject ${name}, so Argo CD refuses every Application of this environment.`,
          {
            text: 'Add it to the folder of the environment in the platform repository, or apply it once.',
            snippets: [projectSnippet(environment, serviceRepositories)],
          },
        )
      : unknown(
          mayRead === false
            ? `The account of the portal may not read it: see Argo CD (${instance}).`
            : `It could not be read. ${read.failure.message}`,
        );
  }
  return judgeProject(read.value, environment, {
    instance,
    serviceRepositories,
  });
}

function judgeProject(
  { spec }: ArgoProject,
  environment: EnvironmentConfig,
  options: { instance: string; serviceRepositories: readonly string[] },
): Outcome {
  const { instance, serviceRepositories } = options;
  const refused = [
    ...refusedSources(spec, environment, serviceRepositories),
    ...refusedDestinations(spec, environment, instance),
    ...(permitsNamespaces(spec) ? [] : ['creating a Namespace']),
  ];
  const fix = {
    snippets: [projectSnippet(environment, serviceRepositories)],
    link: {
      title: 'Argo CD: projects',
      url: 'https://argo-cd.readthedocs.io/en/stable/user-guide/projects/',
    },
  };
  if (refused.length > 0) {
    return problem(
      `It does not permit ${refused.join(
        ', ',
      )}, which Applications of this environment need.`,
      { text: 'Permit it in the AppProject.', ...fix },
    );
  }
  const broad = tooBroad(spec);
  return broad.length > 0
    ? warning(
        `It permits ${broad.join(
          ', ',
        )}: more than the services of one environment need.`,
        {
          text: 'Narrow it to the repositories of the organisation and the clusters of the environment.',
          ...fix,
        },
      )
    : ok(
        'It permits the repositories of services and the clusters of the environment, and little else.',
      );
}

type Spec = ArgoProject['spec'];

/** Source repositories of services that the project refuses; where the layout has Applications. */
function refusedSources(
  spec: Spec,
  { layout }: EnvironmentConfig,
  serviceRepositories: readonly string[],
): string[] {
  if (layout.kind !== 'application') {
    return [];
  }
  return serviceRepositories
    .filter(
      pattern =>
        !isListed(spec.sourceRepos ?? [], glob =>
          glob === '*' ? true : matchesRepository(glob, anyOf(pattern)),
        ),
    )
    .map(pattern => `the source ${pattern}`);
}

function refusedDestinations(
  spec: Spec,
  { layout, name, clusters }: EnvironmentConfig,
  instance: string,
): string[] {
  return clusters
    .filter(cluster => cluster.instance === instance)
    .filter(cluster => {
      const namespace = layout.namespace
        .replaceAll('<environment>', name)
        .replaceAll('<cluster>', cluster.name)
        .replace(/<\w+>/g, ANY_SERVICE);
      return !permitsDestination(spec, cluster, namespace);
    })
    .map(cluster => `the cluster ${cluster.name} (${cluster.destination})`);
}

function permitsDestination(
  { destinations }: Spec,
  cluster: { name: string; destination: string },
  namespace: string,
): boolean {
  const matches = (entry: NonNullable<Spec['destinations']>[number]) =>
    (isGlobFor(entry.server, withoutSlash(cluster.destination)) ||
      isGlobFor(entry.name, cluster.name)) &&
    isGlobFor(entry.namespace, namespace);
  const denies = (entry: NonNullable<Spec['destinations']>[number]) =>
    [entry.server, entry.name, entry.namespace].some(glob =>
      glob?.startsWith('!'),
    );
  const all = destinations ?? [];
  return (
    all.some(entry => !denies(entry) && matches(entry)) &&
    !all.some(entry => denies(entry) && matches(entry))
  );
}

function isGlobFor(glob: string | null | undefined, value: string): boolean {
  return (
    Boolean(glob) &&
    matchesGlob(withoutSlash(glob ?? '').replace(/^!/, ''), value)
  );
}

function permitsNamespaces({ clusterResourceWhitelist }: Spec): boolean {
  return (clusterResourceWhitelist ?? []).some(
    ({ group, kind }) =>
      matchesGlob(group, '') && matchesGlob(kind, 'Namespace'),
  );
}

function tooBroad(spec: Spec): string[] {
  return [
    ...((spec.sourceRepos ?? []).includes('*') ? ['every repository'] : []),
    ...((spec.destinations ?? []).some(
      ({ server, name, namespace }) =>
        (server === '*' || (name === '*' && !server)) && namespace === '*',
    )
      ? ['every cluster and namespace']
      : []),
    ...((spec.clusterResourceWhitelist ?? []).some(({ kind }) => kind === '*')
      ? ['every kind of cluster-scoped resource']
      : []),
  ];
}

function matchesRepository(glob: string, repository: string): boolean {
  return matchesGlob(spelled(glob), spelled(repository), '/');
}

/** Argo CD compares without upper case and `.git`. */
function spelled(address: string): string {
  return address.toLowerCase().replace(/\.git$/, '');
}

/** A repository of the pattern. */
function anyOf(pattern: string): string {
  return pattern.replaceAll('*', ANY_SERVICE);
}

function withoutSlash(address: string): string {
  return address.replace(/\/+$/, '');
}

function projectSnippet(
  { name, project, clusters }: EnvironmentConfig,
  serviceRepositories: readonly string[],
) {
  const sources = serviceRepositories.length
    ? serviceRepositories
    : ['https://<git hosting>/<organisation>/*'];
  return {
    place: 'platform repository: AppProject',
    text: `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata:
  name: ${project}
  namespace: argocd
spec:
  description: Services in ${name}
  sourceRepos:
${sources.map(source => `    - ${source}\n`).join('')}  destinations:
${clusters
  .map(
    ({ destination }) =>
      `    - server: ${destination}\n      namespace: '*-${name}'\n`,
  )
  .join('')}  clusterResourceWhitelist:
    - group: ''
      kind: Namespace
`,
  };
}
