import { ConflictError, InputError } from '@backstage/errors';
import {
  addBuildMetadata,
  addResource,
  hasResource,
  removeResource,
} from '../kustomization';
import { describesSameObject } from '../manifests/describesSameObject';
import { type FileEdit } from './FileEdit';
import {
  type PlannedEntry,
  type PlannedFile,
  type PlannedOption,
} from './clusterEdits';

/**
 * Writes a file, or leaves the one that is there if it deploys the same: people
 * may have added to it.
 */
export function writeFile({ path, content }: PlannedFile): FileEdit {
  return {
    path,
    edit: before => {
      if (before === null) {
        return content;
      }
      refuseForeign({ path, content }, before);
      return before;
    },
  };
}

/**
 * Removes a file that `writeFile` wrote.
 */
export function removeFile(file: PlannedFile): FileEdit {
  return {
    path: file.path,
    edit: before => {
      if (before !== null) {
        refuseForeign(file, before);
      }
      return null;
    },
  };
}

/**
 * Adds an entry to a kustomization.
 *
 * @param rivals - entries that would deploy the same objects a second time
 */
export function addEntry(
  { path, resource }: PlannedEntry,
  rivals: readonly PlannedEntry[],
): FileEdit {
  return editKustomization(path, before => {
    const rival = rivals.find(
      other => other.path === path && hasResource(before, other.resource),
    );
    if (rival) {
      throw new ConflictError(
        `${path}: the service is registered there already, as ${rival.resource}. Remove that registration first; with both, two applications would fight over the same objects.`,
      );
    }
    return addResource(before, resource);
  });
}

/**
 * Has a kustomization note something down in all that it builds.
 */
export function addOption({ path, option }: PlannedOption): FileEdit {
  return editKustomization(path, before => addBuildMetadata(before, option));
}

/**
 * Removes an entry from a kustomization.
 */
export function removeEntryFrom({ path, resource }: PlannedEntry): FileEdit {
  return {
    path,
    edit: before =>
      before === null
        ? null
        : named(path, () => removeResource(before, resource)),
  };
}

/**
 * Edits of the same file, made one after the other, become one.
 */
export function mergeEdits(edits: readonly FileEdit[]): FileEdit[] {
  const byPath = new Map<string, FileEdit>();
  for (const next of edits) {
    const earlier = byPath.get(next.path);
    byPath.set(
      next.path,
      earlier
        ? { path: next.path, edit: before => next.edit(earlier.edit(before)) }
        : next,
    );
  }
  return [...byPath.values()];
}

/**
 * Names the file in the messages of an edit, which knows its text only.
 */
export function named<T>(path: string, edit: () => T): T {
  try {
    return edit();
  } catch (error) {
    if (error instanceof InputError) {
      throw new InputError(`${path}: ${error.message}`);
    }
    throw error;
  }
}

function editKustomization(
  path: string,
  edit: (before: string) => string,
): FileEdit {
  return {
    path,
    edit: before => {
      if (before === null) {
        throw new InputError(
          `${path} does not exist in the platform repository. Create it, or correct the environment's path in the configuration.`,
        );
      }
      return named(path, () => edit(before));
    },
  };
}

/** Leaves a file alone that is not what we would write. */
export function refuseForeign({ path, content }: PlannedFile, before: string) {
  if (!describesSameObject(before, content)) {
    throw new ConflictError(
      `${path} exists in the platform repository and describes something else. Look at it; remove or rename it if it is not needed, or choose another name for the service.`,
    );
  }
}
