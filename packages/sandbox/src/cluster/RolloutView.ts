import { type Deployment, type Pod, type ReplicaSet } from './Deployment';
import { type KubeObject } from './KubeObject';

export interface RolloutView {
  deployment: Deployment;
  replicaSets: readonly OwnedReplicaSet[];
}

export interface OwnedReplicaSet {
  object: ReplicaSet;
  pods: readonly BornPod[];
}

export interface BornPod {
  object: Pod;
  /** When the cluster stored it first, in milliseconds since the epoch. */
  bornAt: number;
}

export interface RolloutRules {
  now: number;
  readyAfterMs: number;
  progressDeadlineMs: number;
  /** The first pause between two starts of a container that crashes. */
  crashBackoffMs: number;
  /** Since when all containers crash, in milliseconds since the epoch. */
  crashingSince?: number;
  /** Where pods may run. */
  nodes: readonly string[];
  hasImage(reference: string): boolean;
}

export interface RolloutStep {
  /** Objects to store; children name their owners by uid where these have one already. */
  put: KubeObject[];
  remove: KubeObject[];
  /** When to look again although nothing happened, in milliseconds since the epoch. */
  wakeAt?: number;
}
