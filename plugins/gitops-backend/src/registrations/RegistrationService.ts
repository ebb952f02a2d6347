import {
  type AuditorService,
  type BackstageCredentials,
  type PermissionsService,
  type UserInfoService,
} from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  type DeregisterRequest,
  gitopsRegistrationCreatePermission,
  gitopsRegistrationDeletePermission,
  type RegisterRequest,
  type RegistrationChange,
  type RegistrationList,
} from '@callboard/backstage-plugin-gitops-common';
import {
  type EnvironmentConfig,
  type GitopsConfig,
  planRegistration,
  type RegistrationRequest,
} from '@callboard/backstage-plugin-gitops-node';
import { type Caller } from '../access/Caller';
import { DeploymentAuthorizer } from '../access/DeploymentAuthorizer';
import { audited } from '../access/audited';
import { type Intent } from './Intent';
import { type LayoutRefusals } from './LayoutRefusals';
import { findEnvironment, registration, withLayout } from './PlatformChange';
import { type PlatformWriter } from './PlatformWriter';
import { RegistrationAuthorizer } from './RegistrationAuthorizer';
import { type RegistrationReader } from './RegistrationReader';
import { type RegistrationRemover } from './RegistrationRemover';
import { type Service } from './Service';
import { type ServiceFinder } from './ServiceFinder';
import {
  type OpenedService,
  type ServiceRepositories,
} from './ServiceRepositories';
import { auditedOutcome } from './auditedOutcome';
import { deregisterBranch, registerBranch } from './branches';

/**
 * Registers services with Argo CD, and tells where they are registered. Every
 * method decides by the caller's own credentials, and who wants to write is in
 * the audit log.
 */
export class RegistrationService {
  readonly #auditor: AuditorService;
  readonly #config: GitopsConfig;
  readonly #finder: ServiceFinder;
  readonly #reader: RegistrationReader;
  readonly #remover: RegistrationRemover;
  readonly #platform: PlatformWriter;
  readonly #services: ServiceRepositories;
  readonly #readers: DeploymentAuthorizer;
  readonly #authorizer: RegistrationAuthorizer;
  readonly #roots: LayoutRefusals;

  constructor(options: {
    auditor: AuditorService;
    config: GitopsConfig;
    finder: ServiceFinder;
    reader: RegistrationReader;
    remover: RegistrationRemover;
    platform: PlatformWriter;
    services: ServiceRepositories;
    permissions: PermissionsService;
    userInfo: UserInfoService;
    roots: LayoutRefusals;
  }) {
    this.#auditor = options.auditor;
    this.#config = options.config;
    this.#finder = options.finder;
    this.#reader = options.reader;
    this.#remover = options.remover;
    this.#platform = options.platform;
    this.#services = options.services;
    this.#readers = new DeploymentAuthorizer(options.permissions);
    this.#authorizer = new RegistrationAuthorizer(options);
    this.#roots = options.roots;
  }

  /**
   * Where a service is registered or about to be.
   *
   * @throws NotAllowedError without the permission `gitops.deployment.read`.
   * @throws NotFoundError where the caller cannot see the entity.
   */
  async list(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<RegistrationList> {
    const decisions = await this.#readers.decide(credentials);
    const service = await this.#finder.find(entityRef, credentials);
    const { items, sources } = await this.#reader.list(service);
    const { owners } = service;
    const isShown = ({ name, clusters }: EnvironmentConfig) =>
      clusters.some(cluster =>
        decisions.mayRead({
          entityRef: service.entityRef,
          owners,
          environment: name,
          cluster: cluster.name,
        }),
      );
    const shown = this.#config.environments.filter(isShown);
    return {
      items: items.filter(({ environment }) =>
        shown.some(({ name }) => name === environment),
      ),
      sources,
    };
  }

  /**
   * Registers a service for an environment, by default the first. Where it is
   * registered already, nothing happens; where it is proposed, the pull request
   * is brought up to date.
   *
   * @throws InputError, NotFoundError, NotAllowedError, RepositoryRefusedError
   * where it cannot be done; then nothing is written.
   */
  async register(
    request: RegisterRequest,
    caller: Caller,
  ): Promise<RegistrationChange> {
    return audited(this.#auditor, caller, {
      eventId: 'registration-create',
      meta: request,
      act: () => this.#register(request, caller),
      outcome: auditedOutcome,
    });
  }

  /**
   * Removes a service's registration for an environment.
   *
   * @throws as `register`.
   */
  async deregister(
    request: DeregisterRequest,
    caller: Caller,
  ): Promise<RegistrationChange> {
    return audited(this.#auditor, caller, {
      eventId: 'registration-delete',
      meta: request,
      act: () => this.#deregister(request, caller),
      outcome: auditedOutcome,
    });
  }

  async #register(
    request: RegisterRequest,
    { credentials }: Caller,
  ): Promise<RegistrationChange> {
    const environment = withLayout(
      this.#environmentOf(request.environment),
      request.layout,
    );
    const service = await this.#finder.findOrClaimed(request, credentials);
    await this.#authorizer.check(
      gitopsRegistrationCreatePermission,
      { service, environment: environment.name },
      credentials,
    );
    checkNames(service, environment);
    this.#refuseUnreachable(environment);
    const opened = await this.#services.open(service, environment);
    const by = credentials.principal.userEntityRef;
    const intent = intentOf(service, opened, by);
    const change = registration(opened.request, intent);
    const about = {
      environment: environment.name,
      repository: environment.platformRepo,
    };
    await this.#refuseRival(opened.request);
    const notes = [
      ...planRegistration(opened.request).notes,
      ...(opened.isUnbuilt ? [unbuiltNote(service, environment)] : []),
    ];
    // Before anything is written elsewhere: it throws what writing would.
    const isPlanned = request.dryRun || opened.carried;
    const files = isPlanned ? await this.#platform.plan(change) : [];
    if (request.dryRun) {
      return {
        ...about,
        outcome: files.length > 0 ? 'planned' : 'unchanged',
        files,
        notes: [...notes, ...plannedImageNote(opened)],
      };
    }
    // What is registered already changes by promotion, with its reviews.
    const carried =
      files.length === 0 && environment.write === 'pull-request'
        ? []
        : await this.#services.carry(opened, {
            'Requested-by': intent.by,
            Entity: intent.entityRef,
            Environment: intent.environment,
          });
    const written = await this.#platform.write(change);
    const pending =
      written.outcome === 'unchanged'
        ? await this.#pendingRemoval(opened.request)
        : [];
    return {
      ...about,
      ...written,
      notes: [...notes, ...carried, ...pending],
    };
  }

  async #deregister(
    request: DeregisterRequest,
    { credentials }: Caller,
  ): Promise<RegistrationChange> {
    const environment = this.#environmentOf(request.environment);
    const service = await this.#finder.find(request.entityRef, credentials);
    await this.#authorizer.check(
      gitopsRegistrationDeletePermission,
      { service, environment: environment.name },
      credentials,
    );
    const repository = service.repository ?? environment.platformRepo;
    const { entityRef, name } = service;
    const target = { service: name, entityRef, repository, environment };
    const intent: Intent = {
      entityRef,
      environment: environment.name,
      repository,
      by: credentials.principal.userEntityRef,
      workloads: request.workloads,
    };
    // Before anything is written: it throws what any step of it would.
    const files = await this.#remover.plan(target, intent);
    if (!request.dryRun) {
      const change = await this.#remover.remove(target, intent);
      const withdrawn = await this.#withdraw(target, intent);
      return { ...change, notes: [...change.notes, ...withdrawn] };
    }
    return {
      outcome: files.length > 0 ? 'planned' : 'unchanged',
      environment: environment.name,
      repository: environment.platformRepo,
      files,
      notes: this.#remover.notes(target, intent),
    };
  }

  /** A registration that waits for its merge would come back after it. */
  async #withdraw(
    { service, entityRef, environment }: RegistrationRequest,
    { by }: Intent,
  ): Promise<string[]> {
    const branch = registerBranch(entityRef, environment.name);
    const open = await this.#platform.findProposal(environment, branch);
    if (!open) {
      return [];
    }
    await this.#platform.withdraw(
      environment,
      open,
      `Not wanted any more: \`${by}\` deregistered ${service}.`,
    );
    return [`The open pull request ${open.url} was closed.`];
  }

  /** A remote base goes where the environment's root application does. */
  #refuseUnreachable(environment: EnvironmentConfig): void {
    const refused = this.#roots.refusalOf(environment, environment.layout);
    if (refused) {
      throw new ConflictError(refused);
    }
  }

  /** Two entities of the same name would get the same Applications. */
  async #refuseRival(request: RegistrationRequest): Promise<void> {
    const { service, entityRef, environment } = request;
    if (planRegistration(request).applications.length === 0) {
      return;
    }
    const rival = await this.#platform.findRival(environment, entityRef);
    if (rival) {
      throw new ConflictError(
        `Another entity named ${service} waits to be registered in ${environment.name}: ${rival.url}. Their Applications would have the same names. Close that pull request, or choose another name for one of the two.`,
      );
    }
  }

  async #pendingRemoval({
    entityRef,
    environment,
  }: RegistrationRequest): Promise<string[]> {
    const branch = deregisterBranch(entityRef, environment.name);
    const open = await this.#platform.findProposal(environment, branch);
    return open
      ? [
          `A pull request that removes the registration is open; close it if the service shall stay: ${open.url}`,
        ]
      : [];
  }

  #environmentOf(name: string | undefined): EnvironmentConfig {
    const [first] = this.#config.environments;
    return findEnvironment(this.#config, name ?? first?.name ?? '');
  }
}

/** Of no repository in particular, before any is asked. */
function checkNames(
  { name, entityRef }: Service,
  environment: EnvironmentConfig,
): void {
  const repository = environment.platformRepo;
  planRegistration({ service: name, entityRef, repository, environment });
}

function intentOf(
  { entityRef }: Service,
  { request }: OpenedService,
  by: string,
): Intent {
  const { layout, layouts } = request.environment;
  return {
    entityRef,
    environment: request.environment.name,
    repository: request.repository,
    by,
    ...(layout !== layouts[0] && { layout: layout.name }),
  };
}

function unbuiltNote({ name }: Service, environment: EnvironmentConfig) {
  return `Nothing of ${name} has been built for ${environment.name} yet: it starts to run there with its first image.`;
}

function plannedImageNote({ carried, request }: OpenedService): string[] {
  return carried
    ? [
        `Before, ${carried.version} is written into the overlay of ${request.environment.name}, as in ${carried.from}.`,
      ]
    : [];
}
