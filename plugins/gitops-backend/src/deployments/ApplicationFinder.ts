import { type BackstageCredentials } from '@backstage/backend-plugin-api';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { type CatalogService } from '@backstage/plugin-catalog-node';
import {
  ARGOCD_APP_NAME,
  ARGOCD_APP_SELECTOR,
  type DeploymentAccess,
} from '@callboard/backstage-plugin-gitops-common';
import { type EnvironmentConfig } from '@callboard/backstage-plugin-gitops-node';
import { type DeploymentDecisions } from '../access/DeploymentAuthorizer';
import { type RecentDecisions } from '../access/RecentDecisions';
import { type Application } from '../applications/Application';
import { type ApplicationStore } from '../applications/ApplicationStore';
import { declaredEntity } from '../applications/declaredEntity';
import { parseLabelSelector } from '../applications/labelSelector';
import { byPlace, type FoundDeployment } from './DeploymentFinder';
import { isSelected, readSelection } from './EntitySelection';
import { decideAccess } from './decideAccess';
import { ownersOf, type ProjectOwners, readProvenEntity } from './deriveProof';
import { locateApplication } from './locateApplication';
import { queryApplications } from './selectApplications';
import { type LocatedApplication } from './selectDeployments';
import { selectorTexts } from './selectorTexts';

/** Which applications are asked for; all that is given has to match. */
export interface ApplicationQuery {
  readonly instance?: string;
  readonly namespace?: string;
  readonly project?: string;
  readonly name?: string;
  /** A label selector, as an annotation tells it. */
  readonly selector?: string;
  /** A repository, and a folder in it. */
  readonly source?: { readonly repo: string; readonly path: string };
}

const ENTITIES_AT_ONCE = 500;
const MOST_ANNOTATED_ENTITIES = 200;
/** Of an entity, what access is decided by. */
const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.annotations',
  'relations',
];

/**
 * Finds applications for those who ask by application and name no entity, and
 * decides what the caller may see of them: what the caller may see as a
 * deployment of an entity that has the application, and is in the catalog for
 * the caller.
 */
export class ApplicationFinder {
  readonly #environments: readonly EnvironmentConfig[];
  readonly #projectOwners: ProjectOwners;
  readonly #store: ApplicationStore;
  readonly #catalog: CatalogService;
  readonly #recent: RecentDecisions;
  readonly #gitHubHost: string;

  constructor(options: {
    environments: readonly EnvironmentConfig[];
    projectOwners: ProjectOwners;
    store: ApplicationStore;
    catalog: CatalogService;
    recent: RecentDecisions;
    /** Of `github.com/project-slug`, where nothing else tells. */
    gitHubHost: string;
  }) {
    this.#environments = options.environments;
    this.#projectOwners = options.projectOwners;
    this.#store = options.store;
    this.#catalog = options.catalog;
    this.#recent = options.recent;
    this.#gitHubHost = options.gitHubHost;
  }

  /**
   * The applications that the caller may see, in order.
   *
   * Whose an application is, it says itself; else the entities whose annotation
   * selects it are looked for, by the name or selector that is asked for. So a
   * query by neither finds those only that name their entity.
   *
   * @throws NotAllowedError without the permission `gitops.deployment.read`.
   */
  async find(
    query: ApplicationQuery,
    credentials: BackstageCredentials,
  ): Promise<FoundDeployment[]> {
    const decisions = await this.#recent.decide(credentials);
    const located = this.#select(query)
      .map(application => ({
        application,
        place: locateApplication(application, this.#environments),
      }))
      .sort(byPlace);
    const declared = await this.#declaredEntities(located, credentials);
    const found = located.map(each => {
      const entity = declared.get(declaredEntity(each.application) ?? '');
      return this.#withAccess(each, entity ? [entity] : [], decisions);
    });
    const hidden = located.filter((_, index) => !found[index]);
    const annotated = await this.#annotatedEntities(query, {
      applications: hidden.map(({ application }) => application),
      credentials,
    });
    return located.flatMap(
      (each, index) =>
        found[index] ?? this.#withAccess(each, annotated, decisions) ?? [],
    );
  }

  #select(query: ApplicationQuery): Application[] {
    const { instance, namespace, project, name, selector, source } = query;
    const labels = selector ? parseLabelSelector(selector) : undefined;
    if (selector && !labels) {
      return [];
    }
    const where = {
      ...(instance && { instances: [instance] }),
      ...(namespace && { namespaces: [namespace] }),
      annotated: { name, project, labels },
      source,
    };
    return queryApplications(where, this.#store);
  }

  async #declaredEntities(
    located: readonly LocatedApplication[],
    credentials: BackstageCredentials,
  ): Promise<ReadonlyMap<string, Entity>> {
    const refs = new Set(
      located.flatMap(({ application }) => declaredEntity(application) ?? []),
    );
    const entities = new Map<string, Entity>();
    for (const entityRefs of inPieces([...refs], ENTITIES_AT_ONCE)) {
      const { items } = await this.#catalog.getEntitiesByRefs(
        { entityRefs, fields: FIELDS },
        { credentials },
      );
      for (const entity of items) {
        if (entity) {
          entities.set(stringifyEntityRef(entity), entity);
        }
      }
    }
    return entities;
  }

  /** Entities that may have selected the applications by annotation. */
  async #annotatedEntities(
    { name, selector }: ApplicationQuery,
    by: {
      applications: readonly Application[];
      credentials: BackstageCredentials;
    },
  ): Promise<Entity[]> {
    const { applications, credentials } = by;
    if (applications.length === 0 || !(name || selector)) {
      return [];
    }
    const selectors = selector
      ? [selector]
      : applications.flatMap(({ labels }) => selectorTexts(labels));
    const { items } = await this.#catalog.queryEntities(
      {
        filter: [
          ...(name ? [{ [annotationKey(ARGOCD_APP_NAME)]: name }] : []),
          { [annotationKey(ARGOCD_APP_SELECTOR)]: [...new Set(selectors)] },
        ],
        fields: FIELDS,
        limit: MOST_ANNOTATED_ENTITIES,
      },
      { credentials },
    );
    return items;
  }

  /** With the most that one of the entities gives. */
  #withAccess(
    located: LocatedApplication,
    entities: readonly Entity[],
    decisions: DeploymentDecisions,
  ): FoundDeployment | undefined {
    const by = { decisions, projectOwners: this.#projectOwners };
    const [access] = entities
      .filter(entity => this.#has(entity, located.application))
      .flatMap(
        entity =>
          decideAccess(
            located,
            readProvenEntity(entity, ownersOf(entity)),
            by,
          ) ?? [],
      )
      .sort(byMost);
    return access && { ...located, access };
  }

  #has(entity: Entity, application: Application): boolean {
    return (
      declaredEntity(application) === stringifyEntityRef(entity) ||
      isSelected(readSelection(entity, this.#gitHubHost), application)
    );
  }
}

function annotationKey(annotation: string): string {
  return `metadata.annotations.${annotation}`;
}

function byMost(a: DeploymentAccess, b: DeploymentAccess): number {
  return b.may.length - a.may.length;
}

function inPieces<T>(items: readonly T[], size: number): T[][] {
  const pieces = Math.ceil(items.length / size);
  return Array.from({ length: pieces }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
