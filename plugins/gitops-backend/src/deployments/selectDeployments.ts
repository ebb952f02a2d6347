import { type EnvironmentConfig } from '@callboard/backstage-plugin-gitops-node';
import { type Application } from '../applications/Application';
import { type RootApplication } from '../applications/ApplicationHub';
import { type ApplicationStore } from '../applications/ApplicationStore';
import { type EntitySelection, isSelected, mayShare } from './EntitySelection';
import { derivePart, type RootPart } from './derivePart';
import { locateApplication, type Place } from './locateApplication';
import { selectApplications } from './selectApplications';

/** An application, and where it deploys to. */
export interface LocatedApplication {
  readonly application: Application;
  readonly place: Place;
  /** What of it is the entity's, where it deploys several services. */
  readonly part?: RootPart;
}

/** Where an entity's deployments are looked for. */
export interface KnownApplications {
  readonly store: ApplicationStore;
  /** Of the environments. */
  readonly roots: readonly RootApplication[];
}

/**
 * Everything that deploys an entity, in no order: its applications, and its
 * parts of environments' roots.
 */
export function selectDeployments(
  selection: EntitySelection,
  known: KnownApplications,
  environments: readonly EnvironmentConfig[],
): LocatedApplication[] {
  const locate = (application: Application) =>
    locateApplication(application, environments);
  const parts = known.roots.flatMap(root => partOf(selection, root));
  const shared = new Set(parts.map(({ application }) => application.id));
  const own = selectApplications(selection, known.store)
    .filter(({ id }) => !shared.has(id))
    .map(application => ({ application, place: locate(application) }));
  const located = parts
    .map(each => ({ ...each, place: locate(each.application) }))
    // What is guessed says nothing where the service has its own application.
    .filter(
      ({ part, place }) =>
        !part.guess || !own.some(each => isSamePlace(each.place, place)),
    );
  return [...own, ...located];
}

/** The entity's part of a root, unless the whole root is the entity's. */
export function partOf(
  selection: EntitySelection,
  root: RootApplication,
): { application: Application; part: RootPart }[] {
  const { application } = root;
  const isWhole = !selection.annotated && isSelected(selection, application);
  if (isWhole || !mayShare(selection, application)) {
    return [];
  }
  const part = derivePart(root, selection);
  return part ? [{ application, part }] : [];
}

function isSamePlace(a: Place, b: Place): boolean {
  return a.environment === b.environment && a.cluster === b.cluster;
}
