import {
  ANNOTATION_LOCATION,
  type Entity,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ENTITY_REF_ANNOTATION } from '@callboard/backstage-plugin-gitops-common';
import { type Application } from '../applications/Application';
import { declaredEntity } from '../applications/declaredEntity';
import {
  type EntitySource,
  parseSourceAddress,
  isWithinSource,
} from './readEntitySource';

/** Owners of AppProjects, by the project's name. */
export type ProjectOwners = Readonly<Record<string, readonly string[]>>;

/** What is known of an entity that its own file cannot make up. */
export interface ProvenEntity {
  readonly entityRef: string;
  /** Entity references, lower case. */
  readonly owners: readonly string[];
  /** Where its file is, as the catalog has read it. */
  readonly file?: EntitySource;
}

/** Whether something outside of the entity says that an application is its own. */
type Proof =
  | { readonly isProven: true }
  | { readonly isProven: false; readonly why: string };

/** Who owns an entity, as the catalog says; in lower case. */
export function ownersOf(entity: Entity): string[] {
  return (entity.relations ?? [])
    .filter(({ type }) => type === RELATION_OWNED_BY)
    .map(({ targetRef }) => targetRef.toLowerCase());
}

/** What of an entity may count as a proof. */
export function readProvenEntity(
  entity: Entity,
  owners: readonly string[],
): ProvenEntity {
  // The catalog writes this annotation itself, over what the file says.
  const location = entity.metadata.annotations?.[ANNOTATION_LOCATION];
  const file = parseSourceAddress(location);
  return {
    entityRef: stringifyEntityRef(entity),
    owners,
    ...(file && {
      file: { ...file, folder: folderOf(file.folder) },
    }),
  };
}

/**
 * Whether the platform says that an application is the entity's: the
 * Application itself names the entity, its source is in the repository and
 * below the folder that the entity's file is in, or its AppProject belongs to
 * the entity's owner.
 *
 * An entity's annotations are no proof: whoever owns the entity writes them.
 */
export function deriveProof(
  application: Application,
  entity: ProvenEntity,
  projectOwners: ProjectOwners,
): Proof {
  const declared = declaredEntity(application);
  if (declared !== undefined) {
    return declared === entity.entityRef
      ? { isProven: true }
      : {
          isProven: false,
          why: 'In the platform repository this application is said to belong to another entity, so only its status is shown here.',
        };
  }
  const { file, owners } = entity;
  const isOwnSource =
    file !== undefined &&
    application.sources.some(source => isWithinSource(source, file));
  const isOwnProject = Object.entries(projectOwners).some(
    ([project, theirs]) =>
      project === application.project &&
      theirs.some(owner => owners.includes(owner)),
  );
  return isOwnSource || isOwnProject
    ? { isProven: true }
    : {
        isProven: false,
        why: `Only its status is shown, as nothing but the entity itself says that this application belongs to it. Whoever looks after the platform repository can change that: annotate the Application with ${ENTITY_REF_ANNOTATION}: ${entity.entityRef}`,
      };
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(file.lastIndexOf('/'), 0));
}
