import {
  type AuthService,
  type BackstageCredentials,
} from '@backstage/backend-plugin-api';
import {
  type Entity,
  parseEntityRef,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import { type CatalogService } from '@backstage/plugin-catalog-node';
import { type Service } from './Service';
import {
  isSameAddress,
  repositoryOfAddress,
  repositoryOfEntity,
} from './serviceRepository';

/** What a person says about a service. */
interface ServiceClaim {
  readonly entityRef: string;
  readonly owner?: string;
  readonly repository?: string;
}

/**
 * Finds services in the catalog.
 */
export class ServiceFinder {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;

  constructor(options: { catalog: CatalogService; auth: AuthService }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
  }

  /** @throws NotFoundError where the caller cannot see it. */
  async find(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<Service> {
    const entity = await this.#catalog.getEntityByRef(normalise(entityRef), {
      credentials,
    });
    if (!entity) {
      throw notFound();
    }
    return toService(entity);
  }

  /**
   * The catalog's word counts; where it has no such entity yet, the claim.
   *
   * @throws InputError where the claim is incomplete or contradicts it.
   */
  async findOrClaimed(
    claim: ServiceClaim,
    credentials: BackstageCredentials,
  ): Promise<Service> {
    const entityRef = normalise(claim.entityRef);
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      // With our own eyes: what the caller must not see is not free to claim.
      credentials: await this.#auth.getOwnServiceCredentials(),
    });
    if (!entity) {
      return claimedService(entityRef, claim);
    }
    if (!(await this.#catalog.getEntityByRef(entityRef, { credentials }))) {
      throw notFound();
    }
    return withClaimedRepository(toService(entity), claim.repository);
  }
}

function notFound() {
  return new NotFoundError(
    'There is no such entity in the catalog, or you may not see it',
  );
}

function normalise(entityRef: string): string {
  try {
    return stringifyEntityRef(parseEntityRef(entityRef));
  } catch {
    throw new InputError(
      'entityRef has to be the reference of an entity, for example component:default/cart',
    );
  }
}

function normaliseOwner(owner: string): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(owner, {
        defaultKind: 'group',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    throw new InputError(
      'owner has to be the reference of a group or a person, for example group:default/storefront',
    );
  }
}

function toService(entity: Entity): Service {
  const relations = (entity.relations ?? [])
    .filter(({ type }) => type === RELATION_OWNED_BY)
    .map(({ targetRef }) => targetRef.toLowerCase());
  return {
    entityRef: stringifyEntityRef(entity),
    name: entity.metadata.name,
    owners: relations,
    repository: repositoryOfEntity(entity),
    inCatalog: true,
  };
}

function withClaimedRepository(
  service: Service,
  claimed: string | undefined,
): Service {
  const repository = claimed && repositoryOfAddress(claimed);
  if (!claimed || !service.repository) {
    return { ...service, repository: repository ?? service.repository };
  }
  if (!repository || !isSameAddress(repository, service.repository)) {
    throw new InputError(
      `${service.entityRef} is in ${service.repository} according to the catalog, not in the given repository. Leave the repository out, or correct the entity's annotation backstage.io/source-location.`,
    );
  }
  return service;
}

function claimedService(entityRef: string, claim: ServiceClaim): Service {
  const repository = repositoryOfAddress(claim.repository);
  if (!claim.owner || !repository) {
    throw new InputError(
      `${entityRef} is not in the catalog yet, so its owner and the web address of its repository are needed`,
    );
  }
  return {
    entityRef,
    name: parseEntityRef(entityRef).name,
    owners: [normaliseOwner(claim.owner)],
    repository,
    inCatalog: false,
  };
}
