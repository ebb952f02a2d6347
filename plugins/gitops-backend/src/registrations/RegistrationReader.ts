import {
  type Registration,
  type RegistrationList,
  type RegistrationState,
  type Source,
} from '@callboard/backstage-plugin-gitops-common';
import {
  type EnvironmentConfig,
  type FoundRegistration,
  type GitopsConfig,
  readRegistration,
  registrationPaths,
} from '@callboard/backstage-plugin-gitops-node';
import { type Platforms, type PlatformSnapshot } from './Platforms';
import { type Service } from './Service';
import { type FoundReleases, type WaitingReleases } from './WaitingReleases';
import { deregisterBranch, registerBranch } from './branches';
import { isTrouble, sourceStateOf, wordsOf } from './sourceState';

/**
 * Tells where services are registered: from the platform repositories and our
 * open pull requests there. And which releases wait for a person, where they
 * are registered.
 */
export class RegistrationReader {
  readonly #environments: readonly EnvironmentConfig[];
  readonly #platforms: Platforms;
  readonly #releases: WaitingReleases;

  constructor(options: {
    config: GitopsConfig;
    platforms: Platforms;
    releases: WaitingReleases;
  }) {
    this.#environments = options.config.environments;
    this.#platforms = options.platforms;
    this.#releases = options.releases;
  }

  /** An environment whose platform repository cannot be read is left out. */
  async list(service: Service): Promise<RegistrationList> {
    const found = await Promise.all(
      this.#environments.map(environment =>
        this.#tryRead(service, environment),
      ),
    );
    const items = found.flatMap(({ registration }) => registration ?? []);
    const waiting: FoundReleases = items.some(hasEntry)
      ? await this.#releases.find(service)
      : { releases: new Map() };
    return {
      items: items.map(item => withRelease(item, waiting)),
      sources: merge([...found, waiting].flatMap(({ source }) => source ?? [])),
    };
  }

  async #tryRead(
    service: Service,
    environment: EnvironmentConfig,
  ): Promise<{ registration?: Registration; source?: Source }> {
    const { platformRepo } = environment;
    try {
      const registration = await this.#read(service, environment);
      return { registration, source: this.#platforms.source(platformRepo) };
    } catch (error) {
      if (!isTrouble(error)) {
        throw error;
      }
      const source = this.#platforms.source(platformRepo);
      return {
        source: {
          name: source?.name ?? `repository:${platformRepo}`,
          since: source?.since ?? new Date().toISOString(),
          state: sourceStateOf(error),
          message: wordsOf(error),
        },
      };
    }
  }

  async #read(
    service: Service,
    environment: EnvironmentConfig,
  ): Promise<Registration> {
    const snapshot = await this.#platforms.read(environment.platformRepo);
    const request = {
      service: service.name,
      entityRef: service.entityRef,
      // Without a repository of its own it may still have an entry.
      repository: service.repository ?? environment.platformRepo,
      environment,
    };
    const { kind, clusters } = readRegistration(
      request,
      await snapshot.repository.readFiles(
        snapshot.head.sha,
        registrationPaths(request),
      ),
    );
    const { state, proposal } = stateOf({
      found: { kind, clusters, notes: [] },
      snapshot,
      service,
      environment,
    });
    const { platformRepo, path, write, name } = environment;
    return {
      environment: name,
      write,
      state,
      ...(kind && { kind }),
      clusters,
      ...(proposal && {
        pullRequest: await this.#platforms.describeListed(
          platformRepo,
          snapshot,
          proposal,
        ),
      }),
      url: `${platformRepo}/blob/${snapshot.branch}/${path}/kustomization.yaml`,
    };
  }
}

function hasEntry({ kind }: Registration): boolean {
  return kind !== undefined;
}

function withRelease(
  registration: Registration,
  { releases }: FoundReleases,
): Registration {
  const release = releases.get(registration.environment);
  return release && hasEntry(registration)
    ? { ...registration, release }
    : registration;
}

/** Each system once; what is wrong with it counts more than what went well. */
function merge(sources: readonly Source[]): Source[] {
  const merged = new Map<string, Source>();
  for (const source of sources) {
    const known = merged.get(source.name);
    if (!known || known.state === 'ok') {
      merged.set(source.name, source);
    }
  }
  return [...merged.values()];
}

function stateOf(facts: {
  found: FoundRegistration;
  snapshot: PlatformSnapshot;
  service: Service;
  environment: EnvironmentConfig;
}) {
  const { found, snapshot, service, environment } = facts;
  const isRegistered = found.kind !== undefined;
  const isComplete = found.clusters.length === environment.clusters.length;
  const proposalOf = (branch: string) =>
    snapshot.proposals.find(proposal => proposal.branch === branch);
  const removing =
    isRegistered &&
    proposalOf(deregisterBranch(service.entityRef, environment.name));
  const proposed =
    !isComplete &&
    proposalOf(registerBranch(service.entityRef, environment.name));
  const proposal = removing || proposed || undefined;
  const state: RegistrationState = isRegistered ? 'registered' : 'absent';
  if (removing) {
    return { state: 'removing' as const, proposal };
  }
  return proposed && !isRegistered
    ? { state: 'proposed' as const, proposal }
    : { state, proposal };
}
