import { type GapReason } from '@callboard/backstage-plugin-gitops-common';

/**
 * A time in which a replica followed an Argo CD instance without a break, and
 * wrote down what it saw.
 */
export interface Interval {
  /** Of this interval alone, of whichever replica. */
  readonly id: string;
  readonly instance: string;
  /** ISO 8601, UTC. */
  readonly since: string;
  /** ISO 8601, UTC. */
  readonly until: string;
  /** Why the replica had not observed before. */
  readonly reason: GapReason;
}
