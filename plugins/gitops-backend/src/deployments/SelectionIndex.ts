import { type Application } from '../applications/Application';
import { type RootApplication } from '../applications/ApplicationHub';
import { ItemsByKey } from '../applications/ItemsByKey';
import { keysOf } from '../applications/applicationKeys';
import { type EntitySelection, isSelected } from './EntitySelection';
import { partOf } from './selectDeployments';
import { waysTo } from './selectionKeys';

/** Of selections that no key of an application leads to. */
const ANY = 'any';

const partFromKey = (path: string) => `part from ${path}`;
const partKey = (service: string) => `part ${service}`;

/**
 * Finds the selections that an application belongs to without a look at each
 * of them: however many entities are watched, a change costs the same.
 */
export class SelectionIndex {
  readonly #byKey = new ItemsByKey<EntitySelection>();

  add(selection: EntitySelection): void {
    this.#byKey.add(keysOfSelection(selection), selection);
  }

  remove(selection: EntitySelection): void {
    this.#byKey.remove(keysOfSelection(selection), selection);
  }

  /** The selections that the application is one of. */
  of(application: Application): EntitySelection[] {
    return this.#byKey
      .get([ANY, ...keysOf(application)])
      .filter(selection => isSelected(selection, application));
  }

  /** The selections that have a part in the root. */
  sharing(root: RootApplication): EntitySelection[] {
    const { repositories, names } = root.content.inventory.keys;
    const keys = [
      ...[...repositories].map(partFromKey),
      ...[...names].map(partKey),
    ];
    return this.#byKey
      .get(keys)
      .filter(selection => partOf(selection, root).length > 0);
  }
}

/** Keys of which every application of the selection, and every root with a part of it, has at least one. */
function keysOfSelection(selection: EntitySelection): readonly string[] {
  const { annotated, service, source } = selection;
  const [keys = [ANY]] = waysTo(selection);
  if (annotated) {
    return keys;
  }
  return [
    ...new Set([
      ...keys,
      partKey(service.name),
      partKey(service.kubernetesId),
      ...(source ? [partFromKey(source.repository.path)] : []),
    ]),
  ];
}
