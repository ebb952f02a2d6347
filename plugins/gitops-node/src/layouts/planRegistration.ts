import { type RegistrationKind } from '@callboard/backstage-plugin-gitops-common';
import { ARGOCD_NAMESPACE } from '../manifests/applicationTemplate';
import { type FileEdit } from './FileEdit';
import {
  type ClusterEdits,
  clusterEdits,
  clusterEditsOfAnyKind,
} from './clusterEdits';
import { addEntry, addOption, mergeEdits, writeFile } from './fileEdits';
import { type RegistrationRequest } from './registrationRequest';

/**
 * An Argo CD Application that a registration makes.
 *
 * @public
 */
export interface PlannedApplication {
  readonly instance: string;
  readonly namespace: string;
  readonly name: string;
  /** Name of the cluster that it deploys to. */
  readonly cluster: string;
}

/**
 * What registering a service changes in the platform repository.
 *
 * @public
 */
export interface RegistrationPlan {
  readonly kind: RegistrationKind;
  /** Web address of the platform repository. */
  readonly repository: string;
  /** One commit. A file is named once, even where several clusters share it. */
  readonly files: readonly FileEdit[];
  /** Empty for a remote base, which the environment's root application deploys. */
  readonly applications: readonly PlannedApplication[];
  /** What people should know. */
  readonly notes: readonly string[];
}

/**
 * The traps of remote bases; Argo CD 3 behaves so.
 *
 * @public
 */
export const remoteBaseNotes: readonly string[] = [
  "The environment's root application deploys this service: if its overlay does not build, no service of the environment is synced.",
  'Argo CD does not notice pushes to the service repository by itself: the root application needs a hard refresh, which the portal asks for after a push, and selfHeal.',
  'A private service repository is read with the credentials that Argo CD has for the platform repository, and the namespace of the service has to exist.',
];

/**
 * Plans which files registering a service for an environment changes, and how.
 *
 * @throws InputError where the names are too long or not allowed. The edits
 * throw where a file is missing, cannot be changed, or is somebody else's.
 *
 * @public
 */
export function planRegistration(
  request: RegistrationRequest,
): RegistrationPlan {
  const { environment } = request;
  const { layout } = environment;
  const edits = clusterEdits(request);
  const rivals = clusterEditsOfAnyKind(request)
    .filter(other => other.layout.kind !== layout.kind)
    .flatMap(other => other.entries);
  return {
    kind: layout.kind,
    repository: environment.platformRepo,
    files: mergeEdits([
      ...edits.flatMap(({ files }) => files.map(writeFile)),
      ...edits.flatMap(({ entries }) =>
        entries.map(entry => addEntry(entry, rivals)),
      ),
      ...edits.flatMap(({ options }) => options.map(addOption)),
    ]),
    applications: plannedApplications(edits),
    notes: layout.kind === 'remote-base' ? remoteBaseNotes : [],
  };
}

/**
 * The Applications that the edits are about.
 */
export function plannedApplications(
  edits: readonly ClusterEdits[],
): PlannedApplication[] {
  return edits.flatMap(({ application, cluster }) =>
    application
      ? [
          {
            instance: cluster.instance,
            namespace: ARGOCD_NAMESPACE,
            name: application,
            cluster: cluster.name,
          },
        ]
      : [],
  );
}
