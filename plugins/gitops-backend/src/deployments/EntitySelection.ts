import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  ARGOCD_APP_NAME,
  ARGOCD_APP_NAMESPACE,
  ARGOCD_APP_SELECTOR,
  ARGOCD_INSTANCE_NAME,
  ARGOCD_PROJECT_NAME,
} from '@callboard/backstage-plugin-gitops-common';
import { type Application } from '../applications/Application';
import { declaredEntity } from '../applications/declaredEntity';
import { everySource } from '../applications/everySource';
import {
  type LabelRequirement,
  matchesLabels,
  parseLabelSelector,
} from '../applications/labelSelector';
import {
  type EntitySource,
  isWithinSource,
  readEntitySource,
} from './readEntitySource';

/** What Roadie's annotations of an entity ask for; all of it has to match. */
export interface AnnotatedSelection {
  readonly name?: string;
  readonly project?: string;
  readonly labels?: readonly LabelRequirement[];
}

/** What an entity is called where several services are deployed together. */
export interface ServiceIdentity {
  /** Lower case. */
  readonly name: string;
  /** Value of the label `backstage.io/kubernetes-id`; lower case. */
  readonly kubernetesId: string;
  /** Whether the entity is of a kind that is deployed. */
  readonly isDeployable: boolean;
}

const KUBERNETES_ID_ANNOTATION = 'backstage.io/kubernetes-id';
/** Others, such as an API, often have the name of the component. */
const DEPLOYABLE_KINDS: readonly string[] = ['component', 'resource'];

/**
 * Which applications an entity has.
 *
 * Its annotations select by name, labels and project. Without any, its
 * applications are those that name it in the platform repository, and those
 * whose source is the entity's own repository and folder.
 *
 * Annotations are written by whoever owns the entity. They are compared with
 * what is in memory, and never become part of a request.
 */
export interface EntitySelection {
  readonly entityRef: string;
  /** By what objects of an environment's root application are the entity's. */
  readonly service: ServiceIdentity;
  readonly instances?: readonly string[];
  readonly namespaces?: readonly string[];
  /** `none` for annotations that can match nothing, such as a broken selector. */
  readonly annotated?: AnnotatedSelection | 'none';
  readonly source?: EntitySource;
}

/**
 * Reads from an entity which applications it has.
 *
 * @param gitHubHost - host of `github.com/project-slug`, where the entity does
 * not tell it otherwise.
 */
export function readSelection(
  entity: Entity,
  gitHubHost: string,
): EntitySelection {
  const annotation = (key: string) =>
    entity.metadata.annotations?.[key]?.trim() || undefined;
  const instances = readNames(annotation(ARGOCD_INSTANCE_NAME));
  const namespaces = readNames(annotation(ARGOCD_APP_NAMESPACE));
  const name = entity.metadata.name.toLowerCase();
  return {
    entityRef: stringifyEntityRef(entity),
    service: {
      name,
      kubernetesId: annotation(KUBERNETES_ID_ANNOTATION)?.toLowerCase() ?? name,
      isDeployable: DEPLOYABLE_KINDS.includes(entity.kind.toLowerCase()),
    },
    ...(instances.length > 0 && { instances }),
    ...(namespaces.length > 0 && { namespaces }),
    annotated: readAnnotated({
      name: annotation(ARGOCD_APP_NAME),
      project: annotation(ARGOCD_PROJECT_NAME),
      selector: annotation(ARGOCD_APP_SELECTOR),
    }),
    source: readEntitySource(entity, gitHubHost),
  };
}

function readNames(list: string = ''): string[] {
  return list
    .split(',')
    .map(name => name.trim())
    .filter(Boolean);
}

function readAnnotated(annotations: {
  name?: string;
  project?: string;
  selector?: string;
}): EntitySelection['annotated'] {
  const { name, project, selector } = annotations;
  if (!name && !project && !selector) {
    return undefined;
  }
  const labels = selector ? parseLabelSelector(selector) : undefined;
  return selector && !labels ? 'none' : { name, project, labels };
}

/** Whether the application is one of the entity's. */
export function isSelected(
  selection: EntitySelection,
  application: Application,
): boolean {
  const { annotated } = selection;
  if (!isWhere(selection, application)) {
    return false;
  }
  if (annotated) {
    return annotated !== 'none' && isAnnotated(annotated, application);
  }
  return isOfEntity(selection, application);
}

/** Whether the entity's annotations leave an application to it that is shared. */
export function mayShare(
  selection: EntitySelection,
  application: Application,
): boolean {
  const { annotated, service } = selection;
  return (
    isWhere(selection, application) &&
    (annotated ? isSelected(selection, application) : service.isDeployable)
  );
}

/** Whether the application is on one of the instances, and in one of the namespaces. */
export function isWhere(
  { instances, namespaces }: Pick<EntitySelection, 'instances' | 'namespaces'>,
  application: Application,
): boolean {
  return (
    (!instances || instances.includes(application.instance)) &&
    (!namespaces || namespaces.includes(application.namespace))
  );
}

/** Whether the application is what annotations ask for. */
export function isAnnotated(
  { name, project, labels }: AnnotatedSelection,
  application: Application,
): boolean {
  return (
    (!name || name === application.name) &&
    (!project || project === application.project) &&
    (!labels || matchesLabels(application.labels, labels))
  );
}

function isOfEntity(
  { entityRef, source }: EntitySelection,
  application: Application,
): boolean {
  // The platform repository's word counts more than where the source is: one
  // repository can hold several services.
  const declared = declaredEntity(application);
  if (declared) {
    return declared === entityRef;
  }
  return (
    source !== undefined &&
    everySource(application).some(candidate =>
      isWithinSource(candidate, source),
    )
  );
}
