import { ConflictError } from '@backstage/errors';
import { type WorkloadsOnRemoval } from '@callboard/backstage-plugin-gitops-common';
import { hasResource } from '../kustomization';
import { setResourcesFinalizer } from '../manifests/finalizer';
import { type FileEdit } from './FileEdit';
import {
  type ClusterEdits,
  clusterEditsOfAnyKind,
  type PlannedEntry,
  type PlannedFile,
} from './clusterEdits';
import {
  mergeEdits,
  named,
  refuseForeign,
  removeEntryFrom,
  removeFile,
} from './fileEdits';
import {
  type PlannedApplication,
  plannedApplications,
} from './planRegistration';
import { type RegistrationRequest } from './registrationRequest';

/**
 * One commit of a removal. Where its edits change nothing, there is nothing to
 * commit and the next step follows at once.
 *
 * @public
 */
export interface DeregistrationStep {
  /** Subject of the commit. */
  readonly title: string;
  readonly files: readonly FileEdit[];
  /**
   * What must be true in Argo CD before this step is written: each Application
   * that exists there has, or no longer has, the finalizer that deletes its
   * workloads. Every Application whose file the step removes is among them,
   * also one from before the environment's layout became another.
   */
  readonly requires?: {
    readonly finalizer: 'present' | 'absent';
    readonly applications: readonly PlannedApplication[];
  };
}

/**
 * How a registration is removed.
 *
 * @public
 */
export interface DeregistrationPlan {
  /** Web address of the platform repository. */
  readonly repository: string;
  /** In order, each after the one before it was merged. */
  readonly steps: readonly DeregistrationStep[];
  readonly applications: readonly PlannedApplication[];
  /** What people should know, for example what will be pruned. */
  readonly notes: readonly string[];
}

/**
 * Plans how a service's registration for an environment is removed.
 *
 * @remarks
 * Argo CD decides by the Application's finalizer whether its workloads go with
 * it, and reads the finalizer from the cluster: so it must be right there
 * before the Application is removed from Git. That makes two commits, of which
 * the first is empty where the finalizer is as it must be.
 *
 * @throws InputError where the names are not allowed. The edits throw where the
 * wish cannot be fulfilled.
 *
 * @public
 */
export function planDeregistration(
  request: RegistrationRequest,
  options: { readonly workloads: WorkloadsOnRemoval },
): DeregistrationPlan {
  const { workloads } = options;
  const { service, environment } = request;
  const edits = clusterEditsOfAnyKind(request);
  const applications = plannedApplications(edits);
  const finalizer = workloads === 'keep' ? 'absent' : 'present';
  const files = edits.flatMap(edit => edit.files);
  const entries = edits.flatMap(edit => edit.entries);
  const prepared = files.map(file => setFinalizer(file, finalizer));
  const guarded = workloads === 'keep' ? edits.flatMap(pruningEntries) : [];
  const where = `${service} in ${environment.name}`;
  return {
    repository: environment.platformRepo,
    applications,
    steps: [
      {
        title:
          workloads === 'keep'
            ? `Keep the workloads of ${where} when it is deregistered`
            : `Delete the workloads of ${where} when it is deregistered`,
        files: mergeEdits([...guarded.map(refuseEntry), ...prepared]),
      },
      {
        title: `Deregister ${where}`,
        files: mergeEdits([
          ...guarded.map(refuseEntry),
          ...entries.map(removeEntryFrom),
          ...files.map(removeFile),
        ]),
        requires: { finalizer, applications },
      },
    ],
    notes: [notesOnRemoval(request, edits, workloads)],
  };
}

/**
 * Entries whose objects belong to the root application itself, which prunes
 * them as soon as the entry is gone.
 */
function pruningEntries({ layout, entries }: ClusterEdits): PlannedEntry[] {
  return layout.kind === 'remote-base' ? [...entries] : [];
}

function refuseEntry({ path, resource }: PlannedEntry): FileEdit {
  return {
    path,
    edit: before => {
      if (before !== null && named(path, () => hasResource(before, resource))) {
        throw new ConflictError(
          `${path} has the service as the remote base ${resource}: the environment's root application prunes its workloads when the entry goes, so they cannot be kept. Give them the annotation argocd.argoproj.io/sync-options: Prune=false in the service's overlay, wait until it is synced, and then remove the registration with "delete".`,
        );
      }
      return before;
    },
  };
}

function setFinalizer(
  file: PlannedFile,
  finalizer: 'present' | 'absent',
): FileEdit {
  const { path } = file;
  return {
    path,
    edit: before => {
      if (before === null) {
        return null;
      }
      refuseForeign(file, before);
      return named(path, () => setResourcesFinalizer(before, finalizer));
    },
  };
}

function notesOnRemoval(
  { service, environment }: RegistrationRequest,
  edits: readonly ClusterEdits[],
  workloads: WorkloadsOnRemoval,
): string {
  const clusters = environment.clusters.map(cluster => cluster.name).join(', ');
  const applications = edits.flatMap(edit => edit.application ?? []).join(', ');
  return workloads === 'keep'
    ? `The workloads of ${service} keep running on ${clusters}; nothing updates them any more. Only the Application objects go: ${applications}.`
    : `Argo CD deletes everything that it deployed for ${service} on ${clusters}, except the namespace's other objects.`;
}
