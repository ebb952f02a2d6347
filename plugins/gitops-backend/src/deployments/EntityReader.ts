import {
  type AuthService,
  type BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import { type CatalogService } from '@backstage/plugin-catalog-node';
import { type DeploymentDecisions } from '../access/DeploymentAuthorizer';

/** An entity, and what its reader may see and do. */
interface ReadEntity {
  readonly entity: Entity;
  readonly decisions: DeploymentDecisions;
}

/**
 * Reads entities for those who may see them.
 *
 * The catalog asks the permission framework about each question of a person,
 * and we have asked already: so it is asked in the portal's name, and what the
 * framework has said is applied here, as the catalog applies it.
 */
export class EntityReader {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;

  constructor(options: { catalog: CatalogService; auth: AuthService }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
  }

  /**
   * @throws NotFoundError if the caller cannot see the entity.
   * @throws whatever deciding throws.
   */
  async read(
    entityRef: string,
    credentials: BackstageCredentials,
    deciding: Promise<DeploymentDecisions>,
  ): Promise<ReadEntity> {
    // Neither needs the other, and each waits for other plugins.
    const [decisions, found] = await Promise.all([
      deciding,
      this.#find(entityRef, credentials),
    ]);
    const entity = await this.#ifVisible(found, credentials, decisions);
    if (!entity) {
      throw new NotFoundError(
        'There is no such entity in the catalog, or you may not see it',
      );
    }
    return { entity, decisions };
  }

  async #find(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<Entity | undefined> {
    return this.#catalog.getEntityByRef(entityRef, {
      credentials: this.#isPerson(credentials)
        ? await this.#auth.getOwnServiceCredentials()
        : credentials,
    });
  }

  async #ifVisible(
    entity: Entity | undefined,
    credentials: BackstageCredentials,
    { visibility }: DeploymentDecisions,
  ): Promise<Entity | undefined> {
    if (!entity || !this.#isPerson(credentials)) {
      return entity;
    }
    if (!visibility) {
      return this.#catalog.getEntityByRef(stringifyEntityRef(entity), {
        credentials,
      });
    }
    return visibility(entity) ? entity : undefined;
  }

  #isPerson(credentials: BackstageCredentials): boolean {
    return this.#auth.isPrincipal(credentials, 'user');
  }
}
