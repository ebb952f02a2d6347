import { type Application } from '../applications/Application';
import { type RootApplication } from '../applications/ApplicationHub';
import { declaredEntity } from '../applications/ApplicationStore';
import { everySource } from '../applications/everySource';
import { parseRepositoryAddress } from '../applications/repositoryAddress';
import {
  type AnnotatedSelection,
  type EntitySelection,
  isSelected,
} from './EntitySelection';
import { partOf } from './selectDeployments';

/** Of selections that no key of an application leads to. */
const ANY = 'any';

const nameKey = (name: string) => `name ${name}`;
const projectKey = (project: string) => `project ${project}`;
const labelKey = (key: string, value: string) => `label ${key}=${value}`;
const entityKey = (entityRef: string) => `entity ${entityRef}`;
const repositoryKey = (path: string) => `repository ${path}`;
const partKey = (service: string) => `part ${service}`;

/**
 * Finds the selections that an application belongs to without a look at each
 * of them: however many entities are watched, a change costs the same.
 */
export class SelectionIndex {
  readonly #byKey = new Map<string, Set<EntitySelection>>();

  add(selection: EntitySelection): void {
    for (const key of keysOfSelection(selection)) {
      const found = this.#byKey.get(key) ?? new Set();
      this.#byKey.set(key, found.add(selection));
    }
  }

  remove(selection: EntitySelection): void {
    for (const key of keysOfSelection(selection)) {
      const found = this.#byKey.get(key);
      found?.delete(selection);
      if (found?.size === 0) {
        this.#byKey.delete(key);
      }
    }
  }

  /** The selections that the application is one of. */
  of(application: Application): EntitySelection[] {
    const found = new Set(
      keysOfApplication(application).flatMap(key => [
        ...(this.#byKey.get(key) ?? []),
      ]),
    );
    return [...found].filter(selection => isSelected(selection, application));
  }

  /** The selections that have a part in the root. */
  sharing(root: RootApplication): EntitySelection[] {
    const { repositories, names } = root.content.inventory.keys;
    const found = new Set<EntitySelection>();
    const collect = (key: string) =>
      this.#byKey.get(key)?.forEach(selection => found.add(selection));
    for (const path of repositories) {
      collect(repositoryKey(path));
    }
    for (const name of names) {
      collect(partKey(name));
    }
    return [...found].filter(selection => partOf(selection, root).length > 0);
  }
}

/** Keys of which every application of the selection, and every root with a part of it, has at least one. */
function keysOfSelection({
  annotated,
  entityRef,
  service,
  source,
}: EntitySelection): string[] {
  if (annotated === 'none') {
    return [];
  }
  if (annotated) {
    return keysOfAnnotated(annotated);
  }
  return [
    entityKey(entityRef),
    partKey(service.name),
    partKey(service.kubernetesId),
    ...(source ? [repositoryKey(source.repository.path)] : []),
  ];
}

function keysOfAnnotated({
  name,
  project,
  labels,
}: AnnotatedSelection): string[] {
  if (name) {
    return [nameKey(name)];
  }
  for (const requirement of labels ?? []) {
    if (requirement.operator === 'in') {
      return requirement.values.map(value => labelKey(requirement.key, value));
    }
  }
  return [project ? projectKey(project) : ANY];
}

function keysOfApplication(application: Application): string[] {
  const { name, project, labels } = application;
  const declared = declaredEntity(application);
  return [
    ANY,
    nameKey(name),
    projectKey(project),
    ...Object.entries(labels).map(([key, value]) => labelKey(key, value)),
    ...(declared ? [entityKey(declared)] : []),
    ...everySource(application).flatMap(({ repo }) => {
      const address = parseRepositoryAddress(repo);
      return address ? [repositoryKey(address.path)] : [];
    }),
  ];
}
