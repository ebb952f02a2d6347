import {
  type BackstageCredentials,
  type BackstageUserPrincipal,
  type LoggerService,
} from '@backstage/backend-plugin-api';
import {
  ConflictError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  type DeploymentName,
  type DeploymentVerb,
  type SyncRequest,
} from '@callboard/backstage-plugin-gitops-common';
import { type Application } from '../applications/Application';
import { type ApplicationHub } from '../applications/ApplicationHub';
import { type ArgocdDetailClient } from '../argocd/ArgocdDetailClient';
import { ArgocdError } from '../argocd/ArgocdError';
import { describeMissingRight } from '../argocd/describeMissingRight';
import { type DeploymentFinder } from '../deployments/DeploymentFinder';
import { toPublicText } from '../deployments/toPublicText';
import { type SharedReads } from '../details/SharedReads';
import { REQUESTED_BY } from './requestedBy';

/** A person, with proof. */
type UserCredentials = BackstageCredentials<BackstageUserPrincipal>;

/**
 * The guarded writes through Argo CD: what people may have it do with their
 * deployments. Git stays the record; none of these changes what should run.
 */
export class ActionService {
  readonly #finder: DeploymentFinder;
  readonly #hub: ApplicationHub;
  readonly #logger: LoggerService;
  readonly #reads: SharedReads;

  constructor(options: {
    finder: DeploymentFinder;
    hub: ApplicationHub;
    logger: LoggerService;
    /** What was read before an action counts no more after it. */
    reads: SharedReads;
  }) {
    this.#finder = options.finder;
    this.#hub = options.hub;
    this.#logger = options.logger;
    this.#reads = options.reads;
  }

  /**
   * Has Argo CD apply what Git asks for.
   *
   * @throws NotFoundError, NotAllowedError as {@link DeploymentFinder.findOne};
   * ConflictError where Argo CD refuses, for example because a sync is running
   * or a sync window forbids it; so do all methods.
   */
  async sync(
    name: DeploymentName,
    request: SyncRequest,
    credentials: UserCredentials,
  ): Promise<void> {
    const { prune = false, dryRun = false, resources } = request;
    const verbs: DeploymentVerb[] = prune ? ['sync', 'prune'] : ['sync'];
    await this.#act(name, { verbs, credentials }, (client, application) =>
      client.sync(application, {
        prune,
        dryRun,
        ...(resources && { resources }),
        infos: [
          { name: REQUESTED_BY, value: credentials.principal.userEntityRef },
        ],
      }),
    );
  }

  /** Has Argo CD look at Git again. It is not waited for what it finds. */
  async refresh(
    name: DeploymentName,
    kind: 'normal' | 'hard',
    credentials: UserCredentials,
  ): Promise<void> {
    const found = await this.#find(name, ['refresh'], credentials);
    this.#hub.refresher.refreshOne(found, kind);
  }

  /** Ends the sync that is running. */
  async terminate(
    name: DeploymentName,
    credentials: UserCredentials,
  ): Promise<void> {
    const asked = { verbs: ['terminate' as const], credentials };
    await this.#act(name, asked, (client, application) =>
      client.terminate(application),
    );
  }

  async #find(
    name: DeploymentName,
    verbs: readonly DeploymentVerb[],
    credentials: UserCredentials,
  ): Promise<Application> {
    const wanted = { entityRef: name.entityRef, verbs };
    const found = await this.#finder.findOne(name, wanted, credentials);
    return found.application;
  }

  async #act(
    name: DeploymentName,
    asked: { verbs: readonly DeploymentVerb[]; credentials: UserCredentials },
    act: (
      client: ArgocdDetailClient,
      application: Application,
    ) => Promise<void>,
  ): Promise<void> {
    const { verbs, credentials } = asked;
    const application = await this.#find(name, verbs, credentials);
    try {
      await act(this.#hub.detailClientOf(application.instance), application);
    } catch (error) {
      if (error instanceof ArgocdError) {
        this.#logger.warn('Argo CD did not do what was asked', {
          application: application.id,
          failure: error.failure,
          detail: error.detail,
        });
        throw explain(error, application);
      }
      throw error;
    } finally {
      this.#reads.forget(application.id);
    }
  }
}

/** What a refusal of Argo CD's means for the person who asked. */
function explain(error: ArgocdError, application: Application): Error {
  switch (error.failure) {
    case 'refused':
      return new ConflictError(
        `Argo CD refused: ${toPublicText(error.message)}`,
      );
    case 'missing':
      return new NotFoundError(
        'Argo CD has no such application any more. Look at the deployments again.',
      );
    case 'forbidden':
      return new ServiceUnavailableError(
        describeMissingRight('applications, sync', application),
      );
    case 'unauthorised':
    case 'limited':
    case 'unreachable':
      return error;
    default:
      return error.failure satisfies never;
  }
}
