import {
  type SetupCheck,
  type SetupReport,
} from '@callboard/backstage-plugin-gitops-common';
import {
  type EnvironmentConfig,
  type GitopsConfig,
} from '@callboard/backstage-plugin-gitops-node';
import { type ApplicationHub } from '../applications/ApplicationHub';
import { type ArgocdSetupReader } from './ArgocdSetupReader';
import { toChecks } from './Check';
import { type InstanceFacts } from './InstanceFacts';
import { type PortalFacts, type PortalSetupReader } from './PortalSetupReader';
import { type ReceivedEvents } from './ReceivedEvents';
import { type RepositoryFacts } from './RepositoryFacts';
import { type RepositorySetupReader } from './RepositorySetupReader';
import { deriveCredentialChecks } from './deriveCredentialChecks';
import { deriveFolderChecks, kustomizationsOf } from './deriveFolderChecks';
import { deriveInstanceChecks } from './deriveInstanceChecks';
import { derivePortalChecks } from './derivePortalChecks';
import { deriveProjectChecks } from './deriveProjectChecks';
import { deriveRemoteBaseChecks } from './deriveRemoteBaseChecks';
import { deriveRepositoryChecks } from './deriveRepositoryChecks';
import { deriveRootChecks } from './deriveRootChecks';
import { deriveServiceRepositoryCheck } from './deriveServiceRepositoryCheck';
import { deriveWriteCheck } from './deriveWriteCheck';

/** What the checks look at, and with what. */
interface SetupParts {
  readonly config: GitopsConfig;
  /** Keys without which there is nothing to show. */
  readonly missing: readonly string[];
  /** Absent where something is missing. */
  readonly hub?: ApplicationHub;
  readonly received?: ReceivedEvents;
  readonly portalReader: PortalSetupReader;
  readonly argocdReader: ArgocdSetupReader;
  readonly repositoryReader: RepositorySetupReader;
}

/** Everything that was read. */
interface Facts {
  readonly portal: PortalFacts;
  readonly instances: ReadonlyMap<string, InstanceFacts>;
  /** By address. */
  readonly repositories: ReadonlyMap<string, RepositoryFacts>;
}

/** Asks all systems at the same time, then judges what they said. */
export async function runChecks(parts: SetupParts): Promise<SetupReport> {
  const facts = await readAll(parts);
  const now = new Date();
  return {
    items: [
      ...toChecks(
        { kind: 'portal', name: '' },
        derivePortalChecks(parts.config, facts.portal, parts.missing),
      ),
      ...instanceChecks(parts, facts, now),
      ...repositoryChecks(parts, facts, now),
      ...environmentChecks(parts, facts),
    ],
    sources: parts.hub?.instances.map(({ source }) => source) ?? [],
    checkedAt: now.toISOString(),
  };
}

async function readAll(parts: SetupParts): Promise<Facts> {
  const { hub, config, portalReader, argocdReader, repositoryReader } = parts;
  const environments = hub ? config.environments : [];
  const clients = hub?.setupClients;
  const instances = (hub?.instances ?? []).map(async view => {
    const client = clients?.get(view.name);
    const projects = projectsOf(environments, view.name);
    return client ? [await argocdReader.read(view, client, projects)] : [];
  });
  const repositories = platformReposOf(environments).map(url =>
    repositoryReader.read(
      url,
      environments
        .filter(({ platformRepo }) => platformRepo === url)
        .flatMap(kustomizationsOf),
    ),
  );
  const [portal, readInstances, readRepositories] = await Promise.all([
    portalReader.read(),
    Promise.all(instances),
    Promise.all(repositories),
  ]);
  return {
    portal,
    instances: new Map(readInstances.flat().map(facts => [facts.name, facts])),
    repositories: new Map(readRepositories.map(facts => [facts.url, facts])),
  };
}

function instanceChecks(
  { hub, config }: SetupParts,
  { instances }: Facts,
  now: Date,
): SetupCheck[] {
  return [...instances.values()].flatMap(facts => {
    const { name, url, inside } = facts;
    const { environments } = config;
    const applications = hub?.store.ofInstance(name) ?? [];
    return toChecks({ kind: 'argocd', name, url }, [
      ...deriveInstanceChecks(facts, {
        projects: projectsOf(environments, name),
        hasApplicationSets: applications.some(
          ({ applicationSet }) => applicationSet !== undefined,
        ),
        now,
      }),
      ...(inside
        ? deriveCredentialChecks(
            inside,
            platformReposOf(environmentsOn(environments, name)),
            applications,
          )
        : []),
      ...(inside
        ? deriveServiceRepositoryCheck(
            inside,
            platformReposOf(environments),
            applications,
          )
        : []),
    ]);
  });
}

function repositoryChecks(
  { received }: SetupParts,
  { repositories, portal }: Facts,
  now: Date,
): SetupCheck[] {
  return [...repositories.values()].flatMap(facts =>
    toChecks(
      { kind: 'repository', name: facts.slug, url: facts.url },
      deriveRepositoryChecks(facts, {
        eventsUrl: portal.eventsUrl,
        lastEventAt: received?.lastOf(facts.url),
        now,
      }),
    ),
  );
}

function environmentChecks(
  { hub, config }: SetupParts,
  { instances, repositories }: Facts,
): SetupCheck[] {
  if (!hub) {
    return [];
  }
  const applications = hub.store.all();
  const read = new Set(
    hub.instances
      .filter(({ source }) => !source.neverRead)
      .map(({ name }) => name),
  );
  return config.environments.flatMap(environment => {
    const { name, platformRepo } = environment;
    const repository = repositories.get(platformRepo);
    return toChecks({ kind: 'environment', name }, [
      ...deriveProjectChecks(
        environment,
        instances,
        config.serviceRepositories,
      ),
      ...deriveRootChecks(environment, {
        applications,
        isRead: instance => read.has(instance),
        defaultBranch: repository?.described.value?.defaultBranch,
      }),
      ...deriveFolderChecks(environment, repository),
      ...deriveRemoteBaseChecks(environment, {
        files: repository?.inside?.files,
        applications,
      }),
      deriveWriteCheck(environment, repository),
    ]);
  });
}

function environmentsOn(
  environments: readonly EnvironmentConfig[],
  instance: string,
): EnvironmentConfig[] {
  return environments.filter(({ clusters }) =>
    clusters.some(cluster => cluster.instance === instance),
  );
}

function projectsOf(
  environments: readonly EnvironmentConfig[],
  instance: string,
): string[] {
  return [
    ...new Set(
      environmentsOn(environments, instance).map(({ project }) => project),
    ),
  ];
}

function platformReposOf(environments: readonly EnvironmentConfig[]): string[] {
  return [...new Set(environments.map(({ platformRepo }) => platformRepo))];
}
