import { InputError } from '@backstage/errors';
import { type ClusterConfig } from '../config/GitopsConfig';
import { writeManifest } from '../manifests/writeManifest';
import { type Layout } from './Layout';
import { builtInLayouts } from './builtInLayouts';
import { fill, fillValue } from './placeholders';
import {
  placeholderValues,
  type RegistrationRequest,
} from './registrationRequest';

/**
 * A layout's edits for one cluster, every placeholder filled.
 */
export interface ClusterEdits {
  readonly layout: Layout;
  readonly cluster: ClusterConfig;
  readonly application?: string;
  readonly files: readonly PlannedFile[];
  readonly entries: readonly PlannedEntry[];
  readonly options: readonly PlannedOption[];
}

/**
 * A file of its own, and what it holds.
 */
export interface PlannedFile {
  readonly path: string;
  readonly content: string;
}

/**
 * An entry in a kustomization's `resources`.
 */
export interface PlannedEntry {
  /** Of the kustomization. */
  readonly path: string;
  readonly resource: string;
}

/**
 * An option of a kustomization's `buildMetadata`.
 */
export interface PlannedOption {
  /** Of the kustomization. */
  readonly path: string;
  readonly option: string;
}

/**
 * What the layout asks for, for each cluster of the environment.
 *
 * @throws InputError where the names are too long or not allowed.
 */
export function clusterEdits(
  request: RegistrationRequest,
  layout: Layout = request.environment.layout,
): ClusterEdits[] {
  return request.environment.clusters.map(cluster => {
    const values = placeholderValues(request, cluster, layout);
    const files: PlannedFile[] = [];
    const entries: PlannedEntry[] = [];
    const options: PlannedOption[] = [];
    for (const edit of layout.registration) {
      const path = checkPath(fill(edit.path, values));
      switch (edit.edit) {
        case 'write-file': {
          const content = writeManifest(fillValue(edit.content, values));
          files.push({ path, content });
          break;
        }
        case 'add-resource':
          entries.push({ path, resource: fill(edit.resource, values) });
          break;
        case 'add-build-metadata':
          options.push({ path, option: edit.option });
          break;
        default:
          throw new TypeError(`No such edit: ${edit satisfies never}`);
      }
    }
    const { application } = values;
    return {
      layout,
      cluster,
      files,
      entries,
      options,
      ...(application && { application }),
    };
  });
}

/**
 * What the environment's layout asks for, and then what its other ones and the
 * built-in layouts would have asked for: a service may have been registered in
 * another way.
 */
export function clusterEditsOfAnyKind(
  request: RegistrationRequest,
): ClusterEdits[] {
  const { layout, layouts } = request.environment;
  return [
    ...clusterEdits(request),
    ...[...new Set([...layouts, ...builtInLayouts])]
      .filter(({ name, kind }) => name !== layout.name && kind !== layout.kind)
      .flatMap(other => clusterEditsIfAny(request, other)),
  ];
}

/** None where the other layout's names would not be allowed here. */
function clusterEditsIfAny(
  request: RegistrationRequest,
  layout: Layout,
): ClusterEdits[] {
  try {
    return clusterEdits(request, layout);
  } catch (error) {
    if (error instanceof InputError) {
      return [];
    }
    throw error;
  }
}

function checkPath(path: string): string {
  const parts = path.split('/');
  if (path.startsWith('/') || parts.includes('..') || parts.includes('')) {
    throw new InputError(
      `"${path}" is not a path inside the platform repository; correct the environment's path or layout`,
    );
  }
  return path;
}
