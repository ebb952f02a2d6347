import { type PlannedApplication } from '@callboard/backstage-plugin-gitops-node';

/**
 * What Argo CD knows of an Application's finalizer, which decides whether its
 * workloads go with it. `gone`: there is no such Application.
 */
export type LiveFinalizer = 'present' | 'absent' | 'gone' | 'unknown';

/**
 * Looks at Applications as they are in the cluster, not as Git wants them.
 */
export interface LiveFinalizers {
  read(application: PlannedApplication): Promise<LiveFinalizer>;
}
