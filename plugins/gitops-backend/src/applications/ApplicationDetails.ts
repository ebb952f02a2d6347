import {
  type Preview,
  type Release,
} from '@callboard/backstage-plugin-gitops-common';
import { type Deployed } from './Application';
import { type RootInventory } from './RootInventory';
import { type StuckPod } from './findStuckPods';

/** What has to be asked for, beside what list and stream tell. */
export interface ApplicationDetails {
  /** What Git asks for. */
  readonly desired?: Release;
  /** What the cluster runs; while pods of an older release serve, that one. */
  readonly live?: Release;
  /** Where an older release still serves: the deployment that had brought it. */
  readonly behind?: Deployed;
  /** Why it is not healthy. */
  readonly healthMessage?: string;
  /** Of a pull request, where it is one. */
  readonly preview?: Preview;
  /** What it deploys by itself, where it is an environment's root. */
  readonly root?: RootContent;
}

/** What is known of what an environment's root application deploys by itself. */
export interface RootContent {
  readonly inventory: RootInventory;
  /** Whether the states are those of now; else they are of before its last change. */
  readonly isStateKnown: boolean;
  /** Whether what Git asks for is what is asked for now. */
  readonly isDesiredKnown: boolean;
  /** Known while a workload is Degraded or Progressing. */
  readonly stuckPods: readonly StuckPod[];
}
