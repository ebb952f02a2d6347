import { type ApplicationRef } from '@callboard/backstage-plugin-gitops-common';

/** What words about a finding need besides it. */
export interface FindingSurroundings {
  /** Of the configuration. */
  readonly instances: readonly string[];
  /** AppProjects that services of several owners share. */
  readonly sharedProjects: readonly string[];
  /** Whether there are applications of that name, and which begin with it. */
  readonly lookUp: (name: string) => {
    readonly same: readonly ApplicationRef[];
    readonly longer: readonly string[];
  };
}
