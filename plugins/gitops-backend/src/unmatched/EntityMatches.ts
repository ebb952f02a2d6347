import { type EnvironmentConfig } from '@callboard/backstage-plugin-gitops-node';
import { deriveProof, type ProjectOwners } from '../deployments/deriveProof';
import { excessOf } from '../deployments/selectApplications';
import {
  type KnownApplications,
  selectDeployments,
} from '../deployments/selectDeployments';
import { type CatalogEntry } from './CatalogEntry';
import { RootParts } from './RootParts';

/** More entities of one application than this are counted, not named. */
const MOST_NAMED = 10;
const MOST_OF_ONE_NAME = 3;

/** An entity that has an application. */
interface EntityMatch {
  readonly entityRef: string;
  /** Whether the platform says so, too. */
  readonly isProven: boolean;
}

/** An entity that selects more applications than it can have. */
interface TooMany {
  readonly entry: CatalogEntry;
  /** How many it selects. */
  readonly total: number;
}

/** The entities that have an application. */
interface ApplicationMatches {
  /** {@link MOST_NAMED} at most, the proven ones first. */
  readonly named: EntityMatch[];
  total: number;
}

/**
 * Which entity of the catalog has which applications. It takes in one entity
 * after the other and keeps of each only what a finding needs, so that any size
 * of catalog fits.
 */
export class EntityMatches {
  readonly parts: RootParts;
  readonly #known: KnownApplications;
  readonly #environments: readonly EnvironmentConfig[];
  readonly #projectOwners: ProjectOwners;
  readonly #byApplication = new Map<string, ApplicationMatches>();
  readonly #byName = new Map<string, string[]>();
  readonly #refs = new Set<string>();
  readonly #withoutAny: CatalogEntry[] = [];
  readonly #withTooMany = new Map<string, TooMany>();

  constructor(options: {
    known: KnownApplications;
    environments: readonly EnvironmentConfig[];
    projectOwners: ProjectOwners;
  }) {
    this.parts = new RootParts(options.known.roots);
    this.#known = options.known;
    this.#environments = options.environments;
    this.#projectOwners = options.projectOwners;
  }

  add(entry: CatalogEntry): void {
    const { entityRef, name, selection, proven } = entry;
    this.#refs.add(entityRef);
    const sameName = this.#byName.get(name) ?? [];
    this.#byName.set(name, [...sameName, entityRef].slice(0, MOST_OF_ONE_NAME));
    const deployments = selectDeployments(
      selection,
      this.#known,
      this.#environments,
    );
    if (deployments.length === 0 && selection.annotated) {
      this.#withoutAny.push(entry);
    }
    const excess = excessOf(selection, this.#known.store);
    if (excess) {
      this.#withTooMany.set(entityRef, { entry, total: excess.total });
    }
    for (const { application, part } of deployments) {
      if (part) {
        // Of a root each service has its part, and none has the root.
        this.parts.add(application.id, entityRef, part);
        continue;
      }
      const { isProven } = deriveProof(
        application,
        proven,
        this.#projectOwners,
      );
      this.#match(application.id, { entityRef, isProven });
    }
  }

  /** Takes in the entity for its parts of roots only. */
  addParts({ entityRef, selection }: CatalogEntry): void {
    const deployments = selectDeployments(
      selection,
      this.#known,
      this.#environments,
    );
    for (const { application, part } of deployments) {
      if (part) {
        this.parts.add(application.id, entityRef, part);
      }
    }
  }

  of(applicationId: string): Readonly<ApplicationMatches> {
    return this.#byApplication.get(applicationId) ?? { named: [], total: 0 };
  }

  /** Whether the entity was among those that were taken in. */
  has(entityRef: string): boolean {
    return this.#refs.has(entityRef);
  }

  /** References of entities of that name, lower case. */
  named(name: string): readonly string[] {
    return this.#byName.get(name) ?? [];
  }

  /** Entities whose annotations select nothing. */
  get withoutAny(): readonly CatalogEntry[] {
    return this.#withoutAny;
  }

  /** Entities that select more applications than they can have. */
  get withTooMany(): readonly TooMany[] {
    return [...this.#withTooMany.values()];
  }

  /** Whether the entity has all applications that it selects. */
  hasAll(entityRef: string): boolean {
    return !this.#withTooMany.has(entityRef);
  }

  #match(applicationId: string, match: EntityMatch): void {
    const matches = this.#byApplication.get(applicationId) ?? {
      named: [],
      total: 0,
    };
    matches.total += 1;
    // What is proven decides, so it never goes because of what is not.
    if (match.isProven) {
      matches.named.unshift(match);
    } else {
      matches.named.push(match);
    }
    matches.named.splice(MOST_NAMED);
    this.#byApplication.set(applicationId, matches);
  }
}
