import {
  type Cluster,
  type Deployment,
  type Environment,
  type Registration,
  type Source,
  type WaitingRelease,
  waitsForFirstBuild,
} from '@callboard/backstage-plugin-gitops-common';

/** Why a cluster has no deployment to show. */
export type MissingReason =
  | 'awaiting-application'
  | 'awaiting-root'
  | 'not-registered'
  | 'unknown';

/** A row of the matrix: a deployment, or why there is none. */
export interface ClusterRow {
  readonly key: string;
  readonly cluster: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly deployment?: Deployment;
  readonly missing?: MissingReason;
  /** The Argo CD instance the row is from, where it does not answer. */
  readonly trouble?: Source;
}

/** What an environment's registration asks the reader to know or to do. */
export type EnvironmentNotice =
  | 'not-registered'
  | 'proposed'
  | 'removing'
  | 'awaiting-application'
  | 'first-build';

/** An environment as the tab and the card show it. */
export interface EnvironmentView {
  readonly group: Group;
  /** Of the environment, or of the group. */
  readonly name: string;
  /** Absent for groups that are none. */
  readonly environment?: Environment;
  readonly registration?: Registration;
  readonly notice?: EnvironmentNotice;
  /** A version that waits for somebody to merge it. */
  readonly release?: WaitingRelease;
  readonly rows: readonly ClusterRow[];
}

/** What the backend answered; `registrations` may come later than the rest. */
export interface Answers {
  readonly environments: readonly Environment[];
  readonly deployments: readonly Deployment[];
  readonly registrations?: readonly Registration[];
  readonly sources: readonly Source[];
}

/** Groups beside the configured environments, whatever these are called. */
export type Group = 'environment' | 'elsewhere' | 'previews';

/** Where deployments are that belong to no configured environment. */
export const ELSEWHERE = 'Elsewhere';

const GROUP_NAMES = { elsewhere: ELSEWHERE, previews: 'Previews' } as const;

/** Puts the backend's answers together: environments in order, a row for each cluster. */
export function deriveEnvironments(answers: Answers): EnvironmentView[] {
  const known = answers.environments.map(it => deriveEnvironment(it, answers));
  const names = new Set(answers.environments.map(({ name }) => name));
  const others = answers.deployments.filter(
    ({ environment }) => !environment || !names.has(environment),
  );
  return [
    ...known,
    ...deriveGroup(
      'elsewhere',
      others.filter(it => !it.preview),
      answers,
    ),
    ...deriveGroup(
      'previews',
      others.filter(it => it.preview).sort(byNewest),
      answers,
    ),
  ];
}

function deriveGroup(
  group: 'elsewhere' | 'previews',
  deployments: readonly Deployment[],
  { sources }: Answers,
): EnvironmentView[] {
  const rows = deployments.map(it => deploymentRow(it, sources));
  return rows.length > 0 ? [{ group, name: GROUP_NAMES[group], rows }] : [];
}

function byNewest(a: Deployment, b: Deployment): number {
  const numberOf = ({ preview }: Deployment) =>
    preview?.pullRequest?.number ?? 0;
  return numberOf(b) - numberOf(a);
}

function deriveEnvironment(
  environment: Environment,
  answers: Answers,
): EnvironmentView {
  const { name } = environment;
  const registration = answers.registrations?.find(
    it => it.environment === name,
  );
  const deployments = answers.deployments.filter(it => it.environment === name);
  const rows = deriveRows(environment, {
    registration,
    deployments,
    sources: answers.sources,
  });
  const notice = deriveNotice(registration, rows);
  const release = registration?.release;
  return {
    group: 'environment',
    name,
    environment,
    registration,
    notice,
    release,
    rows,
  };
}

interface Facts {
  readonly registration?: Registration;
  readonly deployments: readonly Deployment[];
  readonly sources: readonly Source[];
}

function deriveRows(environment: Environment, facts: Facts): ClusterRow[] {
  const { deployments, sources } = facts;
  const configured = new Set(environment.clusters.map(({ name }) => name));
  const rows = environment.clusters.flatMap(cluster => {
    const here = deployments.filter(it => it.cluster === cluster.name);
    return here.length > 0
      ? here.map(it => deploymentRow(it, sources, cluster.labels))
      : missingRow(cluster, facts);
  });
  const others = deployments.filter(it => !configured.has(it.cluster));
  return [...rows, ...others.map(it => deploymentRow(it, sources))];
}

function deploymentRow(
  deployment: Deployment,
  sources: readonly Source[],
  labels: Readonly<Record<string, string>> = {},
): ClusterRow {
  const { application, cluster } = deployment;
  return {
    key: `${application.instance}/${application.namespace}/${application.name}/${cluster}`,
    cluster,
    labels,
    deployment,
    trouble: troubleOf(application.instance, sources),
  };
}

function missingRow(cluster: Cluster, facts: Facts): ClusterRow[] {
  const missing = missingReason(cluster, facts);
  return missing
    ? [
        {
          key: `missing/${cluster.name}`,
          cluster: cluster.name,
          labels: cluster.labels,
          missing,
          trouble: troubleOf(cluster.instance, facts.sources),
        },
      ]
    : [];
}

function missingReason(
  cluster: Cluster,
  { registration, deployments, sources }: Facts,
): MissingReason | undefined {
  if (troubleOf(cluster.instance, sources)) {
    return 'unknown';
  }
  if (registration?.state === 'registered') {
    return registration.clusters.includes(cluster.name)
      ? awaited(registration)
      : 'not-registered';
  }
  // Beside a cluster that has a deployment, one that has none needs a word.
  return deployments.length > 0 ? 'not-registered' : undefined;
}

function awaited({ kind }: Registration): MissingReason {
  return kind === 'remote-base' ? 'awaiting-root' : 'awaiting-application';
}

function deriveNotice(
  registration: Registration | undefined,
  rows: readonly ClusterRow[],
): EnvironmentNotice | undefined {
  if (registration?.state === 'proposed') {
    return 'proposed';
  }
  if (registration?.state === 'removing') {
    return 'removing';
  }
  if (rows.some(row => row.missing === 'awaiting-application')) {
    return 'awaiting-application';
  }
  if (rows.some(row => row.deployment && waitsForFirstBuild(row.deployment))) {
    // Once a release waits there has been a build.
    return registration?.release ? undefined : 'first-build';
  }
  // Whatever is deployed without an entry of ours was registered elsewhere.
  const deployed = rows.some(row => row.deployment);
  return registration?.state === 'absent' && !deployed
    ? 'not-registered'
    : undefined;
}

function troubleOf(
  instance: string,
  sources: readonly Source[],
): Source | undefined {
  return sources.find(
    ({ name, state }) => name === `argocd:${instance}` && state !== 'ok',
  );
}
