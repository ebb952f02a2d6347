import {
  type BackstageCredentials,
  type PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  gitopsRegistrationCreatePermission,
  type ServiceLookup,
} from '@callboard/backstage-plugin-gitops-common';
import {
  type GitHosting,
  type HostedRepository,
  type NewRepositoriesConfig,
  RepositoryRefusedError,
} from '@callboard/backstage-plugin-gitops-node';

/**
 * Tells people who look for a new service's name whether a repository has it
 * already. Only that: what is in the repository may be none of their business.
 */
export class ServiceNames {
  readonly #newRepositories?: NewRepositoriesConfig;
  readonly #hosting: GitHosting;
  readonly #permissions: PermissionsService;

  constructor(options: {
    newRepositories?: NewRepositoriesConfig;
    hosting: GitHosting;
    permissions: PermissionsService;
  }) {
    this.#newRepositories = options.newRepositories;
    this.#hosting = options.hosting;
    this.#permissions = options.permissions;
  }

  /**
   * Looks where the repository of a service of that name would be.
   *
   * @throws NotAllowedError where the caller can register nothing at all.
   * @throws ServiceUnavailableError where nobody has said where new services go.
   */
  async lookUp(
    name: string,
    credentials: BackstageCredentials,
  ): Promise<ServiceLookup> {
    await this.#authorize(credentials);
    if (!this.#newRepositories) {
      throw new ServiceUnavailableError(
        'The portal does not know where new services go: gitops.newRepositories is missing in its configuration.',
      );
    }
    const url = `${this.#newRepositories.url}/${name}`;
    const exists = await isThere(this.#hosting.repository(url));
    return { name, repository: { url, exists } };
  }

  /** Conditions wait until there is something to apply them to. */
  async #authorize(credentials: BackstageCredentials): Promise<void> {
    const permission = gitopsRegistrationCreatePermission;
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    if (!decision || decision.result === AuthorizeResult.DENY) {
      throw new NotAllowedError(
        `To look for the name of a new service you need the permission ${permission.name}`,
      );
    }
  }
}

async function isThere(repository: HostedRepository): Promise<boolean> {
  try {
    await repository.describe();
    return true;
  } catch (error) {
    if (
      error instanceof RepositoryRefusedError &&
      error.refusal === 'missing'
    ) {
      return false;
    }
    throw error;
  }
}
