import {
  isWorkload,
  type RootInventory,
  type RootResource,
} from '../applications/RootInventory';
import { KUBERNETES_ID, NAME_LABEL } from '../applications/RootObject';
import {
  isSameRepository,
  parseRepositoryAddress,
} from '../applications/repositoryAddress';
import { type EntitySelection } from './EntitySelection';
import { isWithinSource } from './readEntitySource';

/** By what a service is known. */
export type Identity = Pick<EntitySelection, 'service' | 'source'>;

/** Which objects of a root are a service's, and how that is known. */
export interface Attribution {
  readonly resources: readonly RootResource[];
  /** Those of the service's own repository, as their origin tells. */
  readonly byOrigin: readonly RootResource[];
  /** What alone tells of the workloads; absent where it is certain whose they are. */
  readonly guessedBy?: 'label' | 'name';
}

/**
 * Tells a service's objects from those of all others. Of each object the first
 * that speaks has the last word: its origin, its labels, its namespace.
 *
 * Where that leaves no workload, it is those that are labelled with the
 * service's name although they come from elsewhere, and those that are named
 * after it: a guess.
 */
export function deriveAttribution(
  inventory: RootInventory,
  identity: Identity,
): Attribution {
  const { service } = identity;
  const byOrigin = ofOwnOrigin(inventory, identity);
  const isFromElsewhere = originRuleOf(inventory, identity, byOrigin);
  const labelled = labelledWith(inventory, service);
  const inNamespace = inventory
    .inNamespaceOf(service.name)
    .filter(resource => belongsToNamespace(resource, service));
  const exact = distinct([
    ...byOrigin,
    ...[...labelled, ...inNamespace].filter(each => !isFromElsewhere(each)),
  ]);
  if (exact.some(isWorkload)) {
    return { resources: exact, byOrigin };
  }
  const byLabel = labelled.filter(resource => isNamed(resource, service));
  const byName = inventory
    .namedAfter(service.name)
    .filter(
      resource =>
        !isFromElsewhere(resource) && !isLabelledAsOther(resource, service),
    );
  return {
    resources: distinct([...exact, ...byLabel, ...byName]),
    byOrigin,
    guessedBy: byLabel.some(isWorkload) ? 'label' : 'name',
  };
}

type Service = Identity['service'];
type Origin = NonNullable<RootResource['origin']>;

function ofOwnOrigin(
  inventory: RootInventory,
  { source }: Identity,
): RootResource[] {
  return source
    ? inventory
        .fromRepository(source.repository.path)
        .filter(({ origin }) => origin && isOwnOrigin(origin, source))
    : [];
}

function isOwnOrigin(
  { repo, path, ref, isRemote }: Origin,
  source: NonNullable<Identity['source']>,
): boolean {
  // Of the platform repository somebody may have all; whose a part is has to be said.
  return (
    (isRemote || source.folder !== '') &&
    isWithinSource({ repo, path, targetRevision: ref }, source)
  );
}

/** Whether an object's origin says that it is not the service's. */
function originRuleOf(
  inventory: RootInventory,
  { source }: Identity,
  byOrigin: readonly RootResource[],
): (resource: RootResource) => boolean {
  const own = new Set(byOrigin);
  const isDeployed = byOrigin.some(isWorkload);
  return resource => {
    const { origin } = resource;
    const address = origin?.isRemote && parseRepositoryAddress(origin.repo);
    if (!address) {
      return false;
    }
    return source && isSameRepository(address, source.repository)
      ? isDeployed && !own.has(resource)
      : !isSharedBase(inventory, address.path);
  };
}

/** A base that several services have says nothing of whose an object is. */
function isSharedBase(inventory: RootInventory, path: string): boolean {
  const ids = inventory
    .fromRepository(path)
    .flatMap(resource => idOf(resource) ?? []);
  return new Set(ids).size > 1;
}

function labelledWith(
  inventory: RootInventory,
  service: Service,
): RootResource[] {
  return inventory
    .labelled(service.kubernetesId)
    .filter(resource => idOf(resource) !== undefined)
    .concat(inventory.labelled(service.name))
    .filter(resource => !hasOtherId(resource, service));
}

/**
 * In the namespace that the layout gives to a service, labels name its
 * components. A namespace of its name may have others in it.
 */
function belongsToNamespace(resource: RootResource, service: Service): boolean {
  const { serviceOfNamespace, labels } = resource;
  return serviceOfNamespace?.toLowerCase() === service.name
    ? !hasOtherId(resource, service)
    : Object.keys(labels).length === 0;
}

/** Whether a label names the service, and not only what it is a part of. */
function isNamed(resource: RootResource, service: Service): boolean {
  return idOf(resource) === undefined
    ? resource.labels[NAME_LABEL]?.toLowerCase() === service.name
    : !hasOtherId(resource, service);
}

function hasOtherId(
  resource: RootResource,
  { kubernetesId }: Service,
): boolean {
  const id = idOf(resource);
  return id !== undefined && id !== kubernetesId;
}

function idOf({ labels }: RootResource): string | undefined {
  return labels[KUBERNETES_ID]?.toLowerCase();
}

function isLabelledAsOther(
  { labels }: RootResource,
  { name }: Service,
): boolean {
  return Object.values(labels).some(value => value.toLowerCase() !== name);
}

function distinct(resources: readonly RootResource[]): RootResource[] {
  return [...new Set(resources)];
}
