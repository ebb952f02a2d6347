import { type Application } from '../applications/Application';
import { type ApplicationStore } from '../applications/ApplicationStore';
import { type StandingQuery } from '../applications/StandingQueries';
import { applicationKey } from '../applications/applicationKeys';
import { everySource } from '../applications/everySource';
import { trimPath } from '../applications/mapApplication';
import { parseRepositoryAddress } from '../applications/repositoryAddress';
import {
  type AnnotatedSelection,
  type EntitySelection,
  isAnnotated,
  isSelected,
  isWhere,
} from './EntitySelection';
import { isWithinSource } from './readEntitySource';
import { waysTo } from './selectionKeys';

/**
 * One entity has no more applications than this: of those that it selects, the
 * first by instance, namespace and name. A service that is on every cluster of a
 * large company has some hundreds; more is mostly a selector that lacks what
 * would narrow it.
 */
export const MOST_OF_ONE_ENTITY = 500;

/** That an entity selects more applications than it can have. */
interface Excess {
  /** How many it selects. */
  readonly total: number;
  /** When that was seen first; ISO 8601, UTC. */
  readonly since: string;
}

/** What is asked for by what annotations can tell, too, and by a folder of a repository. */
interface ApplicationsQuery
  extends Pick<EntitySelection, 'instances' | 'namespaces'> {
  readonly annotated: AnnotatedSelection;
  /** In any spelling; exactly the folder. */
  readonly source?: { readonly repo: string; readonly path: string };
}

/** The applications that an entity has; {@link MOST_OF_ONE_ENTITY} at most. */
export function selectApplications(
  selection: EntitySelection,
  store: ApplicationStore,
): readonly Application[] {
  const keys = fewKeys(selection, store);
  return keys
    ? store
        .having(keys)
        .filter(application => isSelected(selection, application))
    : watch(selection, store)
        .ids.slice(0, MOST_OF_ONE_ENTITY)
        .flatMap(id => store.get(id) ?? []);
}

/** Nothing where the entity has all that it selects. */
export function excessOf(
  selection: EntitySelection,
  store: ApplicationStore,
): Excess | undefined {
  if (fewKeys(selection, store)) {
    return undefined;
  }
  const { ids, since } = watch(selection, store);
  return ids.length > MOST_OF_ONE_ENTITY
    ? { total: ids.length, since }
    : undefined;
}

/**
 * Whether a change of an application that is selected can change what is shown
 * of the entity. Costs nothing, so it may be yes without need.
 */
export function isOfTheFirst(
  selection: EntitySelection,
  application: Application,
  store: ApplicationStore,
): boolean {
  if (fewKeys(selection, store)) {
    return true;
  }
  const last = store.peekWanted(keyOf(selection))?.ids[MOST_OF_ONE_ENTITY - 1];
  return last === undefined || application.id <= last;
}

/** All applications that are asked for. */
export function queryApplications(
  query: ApplicationsQuery,
  store: ApplicationStore,
): Application[] {
  const { source, ...where } = query;
  const repository = source && parseRepositoryAddress(source.repo);
  if (source && !repository) {
    return [];
  }
  const folder = trimPath(source?.path ?? '');
  const keys = narrowest(
    [
      ...waysTo(where),
      ...(repository ? [[applicationKey.folder(repository.path, folder)]] : []),
    ],
    store,
  );
  const isFrom = (application: Application) =>
    !repository ||
    everySource(application).some(
      candidate =>
        candidate.path === folder &&
        !candidate.isReferenceOnly &&
        isWithinSource(candidate, { repository, folder: '' }),
    );
  return (keys ? store.having(keys) : store.all()).filter(
    application =>
      isWhere(where, application) &&
      isAnnotated(where.annotated, application) &&
      isFrom(application),
  );
}

/** Keys that lead to few applications; nothing where none do. */
function fewKeys(
  selection: EntitySelection,
  store: ApplicationStore,
): readonly string[] | undefined {
  const keys = narrowest(waysTo(selection), store);
  return keys && store.count(keys) <= MOST_OF_ONE_ENTITY ? keys : undefined;
}

function narrowest(
  ways: readonly (readonly string[])[],
  store: ApplicationStore,
): readonly string[] | undefined {
  const [best] = ways
    .map(keys => ({ keys, count: store.count(keys) }))
    .sort((a, b) => a.count - b.count);
  return best?.keys;
}

function watch(
  selection: EntitySelection,
  store: ApplicationStore,
): StandingQuery {
  return store.wanted(keyOf(selection), application =>
    isSelected(selection, application),
  );
}

/** The same for selections of the same applications. */
function keyOf(selection: EntitySelection): string {
  const { annotated, entityRef, source, instances, namespaces } = selection;
  return JSON.stringify([
    annotated ?? [entityRef, source],
    instances,
    namespaces,
  ]);
}
