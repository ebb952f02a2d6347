import { InputError, NotAllowedError } from '@backstage/errors';
import {
  type EnvironmentConfig,
  type GitHosting,
  type GitopsConfig,
  type HostedRepository,
  type RegistrationRequest,
  releasePlaces,
  RepositoryRefusedError,
} from '@callboard/backstage-plugin-gitops-node';
import { type Service } from './Service';
import { imageBranch } from './branches';
import {
  type CarriedImage,
  hasPlaceholder,
  type Overlay,
  planCarriedImage,
} from './carryImage';
import { CATALOG_INFO, checkCatalogInfo } from './checkCatalogInfo';
import { isServiceRepository } from './serviceRepository';

/**
 * A service repository that can be registered for an environment.
 */
export interface OpenedService {
  readonly request: RegistrationRequest;
  readonly repository: HostedRepository;
  readonly branch: string;
  /** To be written first, so that the environment does not start with nothing. */
  readonly carried?: CarriedImage;
  /** Nothing has been built anywhere. */
  readonly isUnbuilt: boolean;
}

/**
 * Looks into services' own repositories, and writes their overlays.
 */
export class ServiceRepositories {
  readonly #config: GitopsConfig;
  readonly #hosting: GitHosting;

  constructor(options: { config: GitopsConfig; hosting: GitHosting }) {
    this.#config = options.config;
    this.#hosting = options.hosting;
  }

  /**
   * @throws where the service cannot be registered: its repository is not
   * configured, missing, archived, empty, or has no overlay for it.
   */
  async open(
    service: Service,
    environment: EnvironmentConfig,
    /** `false` for what was asked for, and checked, before. */
    isClaim = true,
  ): Promise<OpenedService> {
    const repository = this.#repositoryOf(service);
    const { archived, defaultBranch: branch } = await repository.describe();
    if (archived) {
      throw new RepositoryRefusedError(
        'archived',
        `${repository.slug} is archived: nothing could be released from it. Unarchive it first.`,
      );
    }
    const request = {
      service: service.name,
      entityRef: service.entityRef,
      repository: repository.url,
      ref: branch,
      environment,
    };
    const { sha } = await repository.head(branch);
    if (isClaim) {
      const files = await repository.readFiles(sha, [CATALOG_INFO]);
      checkCatalogInfo(files[CATALOG_INFO] ?? null, service);
    }
    const overlays = await readOverlays(repository, sha, [request]);
    refuseMissing(overlays, repository);
    const carried = await this.#planCarried(overlays[0], request, {
      repository,
      sha,
    });
    const [overlay] = overlays;
    const isUnbuilt =
      !carried && overlay !== undefined && hasPlaceholder(overlay);
    return { request, repository, branch, carried, isUnbuilt };
  }

  /**
   * Writes an earlier environment's image into the overlay.
   *
   * @returns what people should know about it.
   */
  async carry(
    { request, repository, branch, carried }: OpenedService,
    trailers: Readonly<Record<string, string>>,
  ): Promise<string[]> {
    if (!carried) {
      return [];
    }
    const { environment } = request;
    const { from, version } = carried;
    const title = `Deploy ${version} to ${environment.name}, as in ${from}`;
    const change = { edits: [carried.edit], message: title, trailers };
    try {
      await repository.commit({ ...change, branch });
      return [`${environment.name} starts with ${version}, as in ${from}.`];
    } catch (error) {
      if (!isProtected(error)) {
        throw error;
      }
    }
    const proposed = await repository.propose({
      ...change,
      base: branch,
      branch: imageBranch(request.entityRef, environment.name),
      title,
      body: `${environment.name} has no image yet. Until this is merged, nothing runs there.`,
    });
    return proposed.outcome === 'unchanged'
      ? []
      : [
          `${branch} of ${repository.slug} is protected: somebody has to merge ${proposed.pullRequest.url}, which lets ${environment.name} start with ${version}, as in ${from}.`,
        ];
  }

  #repositoryOf({ entityRef, repository }: Service): HostedRepository {
    if (!repository) {
      throw new InputError(
        `${entityRef} names no repository. Give it the annotation backstage.io/source-location, or name the repository.`,
      );
    }
    if (!isServiceRepository(repository, this.#config.serviceRepositories)) {
      throw new NotAllowedError(
        `${repository} is not among gitops.serviceRepositories of the configuration, so it cannot be registered. Ask the platform team to add it.`,
      );
    }
    return this.#hosting.repository(repository);
  }

  /** Only what the service's own repository holds. */
  async #planCarried(
    overlay: Overlay | undefined,
    request: RegistrationRequest,
    at: { repository: HostedRepository; sha: string },
  ): Promise<CarriedImage | undefined> {
    if (!overlay || !hasPlaceholder(overlay)) {
      return undefined;
    }
    const { environments } = this.#config;
    const earlier = environments.slice(
      0,
      environments.findIndex(({ name }) => name === request.environment.name),
    );
    const overlays = await readOverlays(
      at.repository,
      at.sha,
      earlier.map(environment => ({ ...request, environment })),
    );
    return planCarriedImage(overlay, overlays);
  }
}

async function readOverlays(
  repository: HostedRepository,
  sha: string,
  requests: readonly RegistrationRequest[],
): Promise<Overlay[]> {
  const places = requests.flatMap(request =>
    releasePlaces(request)
      .filter(place => place.repository === request.repository)
      .map(place => ({ ...place, environment: request.environment.name })),
  );
  const files = await repository.readFiles(
    sha,
    places.map(({ path }) => path),
  );
  return places.map(({ environment, path, image }) => ({
    environment,
    path,
    image,
    text: files[path] ?? null,
  }));
}

function refuseMissing(
  overlays: readonly Overlay[],
  repository: HostedRepository,
): void {
  const missing = overlays.find(({ text }) => text === null);
  if (missing) {
    throw new InputError(
      `${repository.slug} has no ${missing.path}, so there is nothing to deploy to ${missing.environment}. Add that overlay, as the other environments have it.`,
    );
  }
}

function isProtected(error: unknown): boolean {
  return (
    error instanceof RepositoryRefusedError && error.refusal === 'protected'
  );
}
