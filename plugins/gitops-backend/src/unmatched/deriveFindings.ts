import { type Application } from '../applications/Application';
import { type RootApplication } from '../applications/ApplicationHub';
import { type RootResource } from '../applications/RootInventory';
import { declaredEntity } from '../applications/declaredEntity';
import { type Guess } from '../deployments/describeGuess';
import { type CatalogEntry } from './CatalogEntry';
import { type EntityMatches } from './EntityMatches';

/** Something that does not come together, without words yet. */
export type Finding =
  | {
      readonly reason: 'no-entity';
      readonly application: Application;
      /** An entity that has the name that the application's labels tell. */
      readonly suggestion?: string;
    }
  | OfOneEntity<'unknown-entity'>
  | OfOneEntity<'not-selected'>
  | OfOneEntity<'unproven'>
  | {
      readonly reason: 'several-entities';
      readonly application: Application;
      readonly entityRefs: readonly string[];
      readonly total: number;
    }
  | {
      readonly reason: 'claimed';
      readonly application: Application;
      readonly entityRef: string;
      /** Whose it is. */
      readonly owner: string;
      /** Whether the Application itself names the owner. */
      readonly isDeclared: boolean;
    }
  | { readonly reason: 'selects-nothing'; readonly entry: CatalogEntry }
  | {
      readonly reason: 'selects-too-many';
      readonly entry: CatalogEntry;
      /** How many applications it selects. */
      readonly total: number;
    }
  | (OfOneEntity<'approximate'> & { readonly guess: Guess })
  | StrayFinding;

/** A workload of a root that no entity has. */
export interface StrayFinding {
  readonly reason: 'stray-workload';
  /** The root. */
  readonly application: Application;
  readonly content: RootApplication['content'];
  readonly workload: RootResource;
  /** An entity that has the name which something about it tells. */
  readonly suggestion?: string;
}

interface OfOneEntity<Reason extends string> {
  readonly reason: Reason;
  readonly application: Application;
  readonly entityRef: string;
}

/** What there is besides applications and their matches. */
interface Known {
  /** Names of the configured ones. */
  readonly instances: readonly string[];
  /** Whether the catalog has an entity, of any kind. */
  readonly isEntity: (entityRef: string) => boolean;
  /** Whether it is an environment's root, which belongs to no entity. */
  readonly isRoot: (application: Application) => boolean;
  /** Whether the applications of an instance are known. */
  readonly isRead: (instance: string) => boolean;
}

/** Everything that does not come together. */
export function deriveFindings(
  applications: readonly Application[],
  matches: EntityMatches,
  known: Known,
): Finding[] {
  const ofApplications = applications.flatMap(application => {
    const declared = declaredEntity(application);
    return declared === undefined
      ? findUndeclared(application, matches, known)
      : findDeclared(application, declared, { matches, ...known });
  });
  const tooMany = matches.withTooMany.map(
    (found): Finding => ({ reason: 'selects-too-many', ...found }),
  );
  const nothing = matches.withoutAny
    // What an instance has that was not read yet nobody can say.
    .filter(({ selection }) =>
      (selection.instances ?? known.instances).every(
        instance =>
          !known.instances.includes(instance) || known.isRead(instance),
      ),
    )
    .map((entry): Finding => ({ reason: 'selects-nothing', entry }));
  return [...ofApplications, ...tooMany, ...nothing, ...findInRoots(matches)];
}

function findInRoots(matches: EntityMatches): Finding[] {
  const { guessed, stray } = matches.parts;
  return [
    ...guessed.map(
      ({ root, entityRef, guess }): Finding => ({
        reason: 'approximate',
        application: root.application,
        entityRef,
        guess,
      }),
    ),
    ...stray.map(
      ({ root, workload }): Finding => ({
        reason: 'stray-workload',
        application: root.application,
        content: root.content,
        workload,
        ...suggest(workload, matches),
      }),
    ),
  ];
}

function findUndeclared(
  application: Application,
  matches: EntityMatches,
  { isRoot }: Known,
): Finding[] {
  const { named, total } = matches.of(application.id);
  const [first, ...others] = named;
  if (!first) {
    return isRoot(application)
      ? []
      : [
          {
            reason: 'no-entity',
            application,
            ...suggest(application, matches),
          },
        ];
  }
  const proven = named.filter(({ isProven }) => isProven);
  if (proven.length === 1) {
    return others.map(({ entityRef }) => ({
      reason: 'claimed',
      application,
      entityRef,
      owner: first.entityRef,
      isDeclared: false,
    }));
  }
  if (total === 1) {
    return [{ reason: 'unproven', application, entityRef: first.entityRef }];
  }
  const several = proven.length > 1 ? proven : named;
  return [
    {
      reason: 'several-entities',
      application,
      entityRefs: several.map(({ entityRef }) => entityRef).sort(),
      total: proven.length > 1 ? proven.length : total,
    },
  ];
}

function findDeclared(
  application: Application,
  owner: string,
  known: Known & { readonly matches: EntityMatches },
): Finding[] {
  const { matches, isEntity } = known;
  const { named } = matches.of(application.id);
  const claims = named
    .filter(({ entityRef }) => entityRef !== owner)
    .map(
      ({ entityRef }): Finding => ({
        reason: 'claimed',
        application,
        entityRef,
        owner,
        isDeclared: true,
      }),
    );
  if (!isEntity(owner)) {
    return [
      { reason: 'unknown-entity', application, entityRef: owner },
      ...claims,
    ];
  }
  // Of kinds that were not taken in only the annotated ones could be missing it.
  const isMissed =
    matches.has(owner) &&
    // Of what it selects too many of, some are told once and not each.
    matches.hasAll(owner) &&
    !named.some(({ entityRef }) => entityRef === owner);
  return isMissed
    ? [{ reason: 'not-selected', application, entityRef: owner }, ...claims]
    : claims;
}

function suggest(
  { name, labels }: Pick<Application, 'name' | 'labels'>,
  matches: EntityMatches,
): { suggestion?: string } {
  const names = [
    labels['app.kubernetes.io/name'],
    labels['app.kubernetes.io/instance'],
    name,
  ];
  for (const candidate of names) {
    const [suggestion, ...others] = matches.named(
      candidate?.toLowerCase() ?? '',
    );
    if (suggestion && others.length === 0) {
      return { suggestion };
    }
  }
  return {};
}
