import {
  type AuthService,
  type BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import {
  type ApplicationQuery,
  type ApplicationRevision,
  type ArgocdApplication,
  type GitopsClient,
  type RevisionOrigin,
  type Source,
} from '@callboard/backstage-plugin-gitops-common';
import { onBehalfOf } from '@callboard/backstage-plugin-gitops-node';

/** Which applications are asked for, whatever instance they are on. */
type Wanted = Omit<ApplicationQuery, 'instance'>;

/**
 * Asks the gitops backend for applications, as the caller. What is on no
 * instance that could be read is not said to be nowhere.
 */
export class ApplicationReader {
  readonly #auth: AuthService;
  readonly #gitops: GitopsClient;

  constructor(options: { auth: AuthService; gitops: GitopsClient }) {
    this.#auth = options.auth;
    this.#gitops = options.gitops;
  }

  /**
   * On all instances.
   *
   * @throws ServiceUnavailableError where there is none, and an instance could
   * not be asked.
   */
  async find(
    wanted: Wanted,
    credentials: BackstageCredentials,
  ): Promise<readonly ArgocdApplication[]> {
    const { items, sources } = await this.#list(wanted, credentials);
    if (items.length === 0) {
      refuseUnread(sources);
    }
    return items;
  }

  /**
   * On one instance. What is known to be on another is not waited for here.
   *
   * @throws NotFoundError where no such instance is configured.
   * @throws ServiceUnavailableError where there is none anywhere, and this
   * instance could not be asked.
   */
  async findOn(
    instance: string,
    wanted: Wanted,
    credentials: BackstageCredentials,
  ): Promise<readonly ArgocdApplication[]> {
    const { items, sources } = await this.#list(wanted, credentials);
    const source = sources.find(({ name }) => name === `argocd:${instance}`);
    if (!source) {
      throw new NotFoundError(
        'There is no Argo CD instance of that name under argocd.appLocatorMethods in the configuration',
      );
    }
    if (items.length === 0) {
      refuseUnread([source]);
    }
    return items.filter(({ metadata }) => metadata.instance.name === instance);
  }

  /** All on an instance that name their entity. */
  async listAll(
    instance: string,
    credentials: BackstageCredentials,
    source: Pick<ApplicationQuery, 'repo' | 'path'> = {},
  ): Promise<readonly ArgocdApplication[]> {
    const { items, sources } = await this.#list(
      { instance, ...source },
      credentials,
    );
    if (items.length === 0) {
      refuseUnread(sources);
    }
    return items;
  }

  /** Who made a revision. */
  revision(
    revision: ApplicationRevision,
    credentials: BackstageCredentials,
  ): Promise<RevisionOrigin> {
    return onBehalfOf({ auth: this.#auth, credentials }, token =>
      this.#gitops.getApplicationRevision(revision, { token }),
    );
  }

  #list(query: ApplicationQuery, credentials: BackstageCredentials) {
    return onBehalfOf({ auth: this.#auth, credentials }, token =>
      this.#gitops.getApplications(query, { token }),
    );
  }
}

function refuseUnread(sources: readonly Source[]): void {
  const unread = sources.find(({ state }) => state !== 'ok');
  if (unread) {
    throw new ServiceUnavailableError(
      `It is not known whether there are such applications: ${
        unread.message ?? `${unread.name} cannot be read.`
      }`,
    );
  }
}
