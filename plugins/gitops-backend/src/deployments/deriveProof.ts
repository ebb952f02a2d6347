import {
  DEFAULT_NAMESPACE,
  type Entity,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ENTITY_REF_ANNOTATION } from '@callboard/backstage-plugin-gitops-common';
import { type Application } from '../applications/Application';
import { declaredEntity } from '../applications/declaredEntity';
import { everySource } from '../applications/everySource';
import { type EntityFile, readEntityFile } from './readEntityFile';
import { isWithinSource } from './readEntitySource';

/** Owners of AppProjects, by the project's name. */
export type ProjectOwners = Readonly<Record<string, readonly string[]>>;

/** What is known of an entity that its own file cannot make up. */
export interface ProvenEntity {
  readonly entityRef: string;
  /** Entity references, lower case. */
  readonly owners: readonly string[];
  /** Where its file is, as the catalog has read it. */
  readonly file?: EntityFile;
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
  return {
    entityRef: stringifyEntityRef(entity),
    owners,
    file: readEntityFile(entity),
  };
}

/** What Roadie's action writes on the Applications that it makes. */
const NAME_LABEL = 'backstage-name';

/**
 * Whether the platform says that an application is the entity's: the
 * Application itself names the entity, in an annotation or by the label
 * `backstage-name`; or its source is in the repository and below the folder
 * that the entity's file is in; or its AppProject belongs to the entity's owner.
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
  const { file } = entity;
  const isFromFile =
    file !== undefined &&
    everySource(application).some(source => isWithinSource(source, file));
  return labelledEntity(application) === entity.entityRef ||
    (isFromFile && file.doubt === undefined) ||
    isOwnProject(application, entity, projectOwners)
    ? { isProven: true }
    : { isProven: false, why: whyUnproven(entity, isFromFile) };
}

/**
 * The entity whose name the label tells. It holds no reference, so it can mean
 * one entity only: the component of that name in the namespace `default`. No
 * annotation of an entity counts, as whoever owns the entity could write any
 * label's value into it.
 */
function labelledEntity({ labels }: Application): string | undefined {
  const name = labels[NAME_LABEL]?.toLowerCase();
  return name && `component:${DEFAULT_NAMESPACE}/${name}`;
}

function isOwnProject(
  { project }: Application,
  { owners }: ProvenEntity,
  projectOwners: ProjectOwners,
): boolean {
  return Object.entries(projectOwners).some(
    ([name, theirs]) =>
      name === project && theirs.some(owner => owners.includes(owner)),
  );
}

function whyUnproven(
  { entityRef, file }: ProvenEntity,
  isFromFile: boolean,
): string {
  const annotate = `annotate the Application with ${ENTITY_REF_ANNOTATION}: ${entityRef}`;
  return isFromFile && file?.doubt
    ? `Only its status is shown, as ${file.doubt}. So it does not prove that this application belongs to the entity. Register the file at a branch of the repository instead, by an address with the branch's plain name, as in …/blob/main/catalog-info.yaml. Or whoever looks after the platform repository can ${annotate}`
    : `Only its status is shown, as nothing but the entity itself says that this application belongs to it. Whoever looks after the platform repository can change that: ${annotate}`;
}
