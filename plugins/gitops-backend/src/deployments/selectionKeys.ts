import { applicationKey } from '../applications/applicationKeys';
import { type EntitySelection } from './EntitySelection';

/** An entity's selection, or what annotations could tell, too. */
type Selecting = Pick<
  EntitySelection,
  'instances' | 'namespaces' | 'annotated'
> &
  Partial<Pick<EntitySelection, 'entityRef' | 'source'>>;

/**
 * Ways to everything that is selected: whatever is, has one of the keys of each
 * list. What mostly leads to the fewest comes first.
 */
export function waysTo(selecting: Selecting): (readonly string[])[] {
  const { instances, namespaces, annotated } = selecting;
  return [
    ...(annotated ? waysByAnnotations(annotated) : waysToEntity(selecting)),
    ...(instances ? [instances.map(applicationKey.instance)] : []),
    ...(namespaces ? [namespaces.map(applicationKey.namespace)] : []),
  ].map(keys => [...new Set(keys)]);
}

function waysByAnnotations(
  annotated: NonNullable<EntitySelection['annotated']>,
): (readonly string[])[] {
  if (annotated === 'none') {
    return [[]];
  }
  const { name, project, labels = [] } = annotated;
  return [
    ...(name ? [[applicationKey.name(name)]] : []),
    ...labels.flatMap(requirement =>
      requirement.operator === 'in'
        ? [
            requirement.values.map(value =>
              applicationKey.label(requirement.key, value),
            ),
          ]
        : [],
    ),
    ...labels.flatMap(({ operator, key }) =>
      operator === 'exists' ? [[applicationKey.labelled(key)]] : [],
    ),
    ...(project ? [[applicationKey.project(project)]] : []),
  ];
}

function waysToEntity({ entityRef, source }: Selecting): (readonly string[])[] {
  if (entityRef === undefined) {
    return [];
  }
  return [
    [applicationKey.entity(entityRef), ...(source ? keysOfSource(source) : [])],
  ];
}

function keysOfSource({
  repository,
  folder,
  refAndFolder,
}: NonNullable<EntitySelection['source']>): string[] {
  return [
    applicationKey.below(repository.path, folder),
    // Where the folder begins depends on the branch that is followed.
    ...(refAndFolder
      ? [applicationKey.belowBranch(repository.path, refAndFolder)]
      : []),
  ];
}
