import { type RegistrationKind } from '@callboard/backstage-plugin-gitops-common';
import { hasResource } from '../kustomization';
import { type ClusterEdits, clusterEditsOfAnyKind } from './clusterEdits';
import { named } from './fileEdits';
import { remoteBaseNotes } from './planRegistration';
import { type RegistrationRequest } from './registrationRequest';

/**
 * What the platform repository says about a service in an environment.
 *
 * @public
 */
export interface FoundRegistration {
  /** How it is registered; absent where it is not. */
  readonly kind?: RegistrationKind;
  /** Names of the clusters that have an entry, in order. */
  readonly clusters: readonly string[];
  /** What people should know about it. */
  readonly notes: readonly string[];
}

/**
 * The files that tell whether a service is registered.
 *
 * @throws InputError where the names are too long or not allowed.
 *
 * @public
 */
export function registrationPaths(request: RegistrationRequest): string[] {
  return [...new Set(clusterEditsOfAnyKind(request).flatMap(tellingPaths))];
}

/**
 * Reads from these files on which clusters the service has an entry, however it
 * is registered.
 *
 * @param files - what `registrationPaths` names, by path; `null` or absent
 * where there is no such file
 *
 * @throws InputError where a file is not a kustomization.
 *
 * @public
 */
export function readRegistration(
  request: RegistrationRequest,
  files: Readonly<Record<string, string | null>>,
): FoundRegistration {
  const found = clusterEditsOfAnyKind(request).filter(edits =>
    isRegistered(edits, files),
  );
  const kind = found[0]?.layout.kind;
  const clusters = found
    .filter(({ layout }) => layout.kind === kind)
    .map(({ cluster }) => cluster.name);
  return {
    ...(kind && { kind }),
    clusters,
    notes: kind === 'remote-base' ? remoteBaseNotes : [],
  };
}

/** An entry decides; a layout without entries is told by its files. */
function tellingPaths({ entries, files }: ClusterEdits): string[] {
  return (entries.length > 0 ? entries : files).map(({ path }) => path);
}

function isRegistered(
  { entries, files: planned }: ClusterEdits,
  files: Readonly<Record<string, string | null>>,
): boolean {
  return entries.length > 0
    ? entries.every(({ path, resource }) => {
        const text = files[path] ?? null;
        return text !== null && named(path, () => hasResource(text, resource));
      })
    : planned.every(({ path }) => (files[path] ?? null) !== null);
}
