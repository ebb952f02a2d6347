import { type HealthStatus } from '@callboard/backstage-plugin-gitops-common';
import { type SourceRevision } from '../applications/Application';

/** A sync that is over, dry runs excepted. */
export interface ObservedSync {
  readonly kind: 'sync';
  readonly outcome: 'succeeded' | 'failed' | 'error';
  /** ISO 8601, UTC. */
  readonly startedAt?: string;
  /** Whether it was about some resources only. */
  readonly partial: boolean;
  readonly revisions: readonly SourceRevision[];
  /** Images of what it applied; none where Argo CD did not tell. */
  readonly images: readonly string[];
  /** An entity reference, an account of Argo CD's, or `auto-sync`. */
  readonly by?: string;
}

/** The health that an application came to have. */
export interface ObservedHealth {
  readonly kind: 'health';
  readonly outcome: HealthStatus;
}

/** The Application itself came, or went. */
export interface ObservedLife {
  readonly kind: 'life';
  readonly outcome: 'created' | 'removed';
}

/**
 * Something that happened to an application, in Argo CD's words. Whoever sees
 * it derives the same `fact`, so that it is written once.
 */
export interface Observation {
  /** Id of the application. */
  readonly application: string;
  /** Names it within the application, made of Argo CD's own ids and times. */
  readonly fact: string;
  /** When it happened, by Argo CD's clock; ISO 8601, UTC. */
  readonly at: string;
  /** Argo CD's words, without anything secret. */
  readonly message?: string;
  readonly what: ObservedSync | ObservedHealth | ObservedLife;
}
