import {
  type AuditorService,
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
import { type Caller } from '../access/Caller';
import { audited } from '../access/audited';
import { type Application } from '../applications/Application';
import { type ApplicationHub } from '../applications/ApplicationHub';
import { type ArgocdDetailClient } from '../argocd/ArgocdDetailClient';
import { ArgocdError } from '../argocd/ArgocdError';
import { describeMissingRight } from '../argocd/describeMissingRight';
import { type DeploymentFinder } from '../deployments/DeploymentFinder';
import { toPublicText } from '../deployments/toPublicText';
import { type SharedReads } from '../details/SharedReads';
import { REQUESTED_BY } from './requestedBy';

/**
 * The guarded writes through Argo CD: what people may have it do with their
 * deployments. Git stays the record; none of these changes what should run.
 * Whoever asks, and whatever comes of it, is in the audit log.
 */
export class ActionService {
  readonly #auditor: AuditorService;
  readonly #finder: DeploymentFinder;
  readonly #hub: ApplicationHub;
  readonly #logger: LoggerService;
  readonly #reads: SharedReads;

  constructor(options: {
    auditor: AuditorService;
    finder: DeploymentFinder;
    hub: ApplicationHub;
    logger: LoggerService;
    /** What was read before an action counts no more after it. */
    reads: SharedReads;
  }) {
    this.#auditor = options.auditor;
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
    caller: Caller,
  ): Promise<void> {
    const { prune = false, dryRun = false, resources } = request;
    const verbs: DeploymentVerb[] = prune ? ['sync', 'prune'] : ['sync'];
    const { userEntityRef } = caller.credentials.principal;
    await audited(this.#auditor, caller, {
      eventId: 'deployment-sync',
      meta: { ...name, ...request },
      act: () =>
        this.#act(name, { verbs, caller }, (client, application) =>
          client.sync(application, {
            prune,
            dryRun,
            ...(resources && { resources }),
            infos: [{ name: REQUESTED_BY, value: userEntityRef }],
          }),
        ),
    });
  }

  /** Has Argo CD look at Git again. It is not waited for what it finds. */
  async refresh(
    name: DeploymentName,
    kind: 'normal' | 'hard',
    caller: Caller,
  ): Promise<void> {
    await audited(this.#auditor, caller, {
      eventId: 'deployment-refresh',
      meta: { ...name, kind },
      act: async () => {
        const found = await this.#find(name, ['refresh'], caller);
        this.#hub.refresher.refreshOne(found, kind);
      },
    });
  }

  /** Ends the sync that is running. */
  async terminate(name: DeploymentName, caller: Caller): Promise<void> {
    const asked = { verbs: ['terminate' as const], caller };
    await audited(this.#auditor, caller, {
      eventId: 'deployment-terminate',
      meta: name,
      act: () =>
        this.#act(name, asked, (client, application) =>
          client.terminate(application),
        ),
    });
  }

  async #find(
    name: DeploymentName,
    verbs: readonly DeploymentVerb[],
    { credentials }: Caller,
  ): Promise<Application> {
    const wanted = { entityRef: name.entityRef, verbs };
    const found = await this.#finder.findOne(name, wanted, credentials);
    return found.application;
  }

  async #act(
    name: DeploymentName,
    asked: { verbs: readonly DeploymentVerb[]; caller: Caller },
    act: (
      client: ArgocdDetailClient,
      application: Application,
    ) => Promise<void>,
  ): Promise<void> {
    const application = await this.#find(name, asked.verbs, asked.caller);
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
