import {
  type DeploymentOperation,
  type OperationResource,
} from '@callboard/backstage-plugin-gitops-common';
import { type StatusLook } from './status';

const PHASES: Record<DeploymentOperation['phase'], StatusLook> = {
  Running: { tone: 'announcement', icon: 'moving', word: 'Syncing' },
  Terminating: { tone: 'warning', icon: 'moving', word: 'Terminating' },
  Failed: { tone: 'negative', icon: 'broken', word: 'Failed' },
  Error: { tone: 'negative', icon: 'broken', word: 'Failed' },
  Succeeded: { tone: 'positive', icon: 'done', word: 'Succeeded' },
  Unknown: { tone: 'neutral', icon: 'unknown', word: 'Unknown' },
};

const RESULTS: Readonly<Record<string, StatusLook>> = {
  Synced: { tone: 'positive', icon: 'done', word: 'Applied' },
  SyncFailed: { tone: 'negative', icon: 'broken', word: 'Failed' },
  Pruned: { tone: 'positive', icon: 'done', word: 'Deleted' },
  PruneSkipped: { tone: 'neutral', icon: 'absent', word: 'Not deleted' },
  Running: { tone: 'announcement', icon: 'moving', word: 'Running' },
  Succeeded: { tone: 'positive', icon: 'done', word: 'Succeeded' },
  Failed: { tone: 'negative', icon: 'broken', word: 'Failed' },
  Error: { tone: 'negative', icon: 'broken', word: 'Failed' },
};

const WAITING: StatusLook = {
  tone: 'neutral',
  icon: 'waiting',
  word: 'Waiting',
};

/** How an operation goes, or went. */
export function lookOfOperation(operation: DeploymentOperation): StatusLook {
  const look = PHASES[operation.phase];
  return operation.dryRun ? { ...look, word: `${look.word} (dry run)` } : look;
}

/** What became of one resource in it. */
export function lookOfResult({ status }: OperationResource): StatusLook {
  return status === undefined
    ? WAITING
    : RESULTS[status] ?? { tone: 'neutral', icon: 'unknown', word: status };
}

/** How far it is: `3 of 7 resources`; nothing where it names none. */
export function describeProgress({
  resources,
}: DeploymentOperation): string | undefined {
  const done = resources.filter(({ status }) => status && status !== 'Running');
  return resources.length > 0
    ? `${done.length} of ${resources.length} resources`
    : undefined;
}

/** Who asked for something, as people say it. */
export function describeActor(by: string | undefined): string | undefined {
  if (by === 'auto-sync') {
    return 'Argo CD, by itself';
  }
  return by?.replace(/^user:(?:default\/)?/i, '');
}
