import {
  type DeploymentOperation,
  type OperationResource,
  type OperationRetry,
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

/** Its last try failed, and the next one has not begun. */
const RETRYING: StatusLook = {
  tone: 'warning',
  icon: 'waiting',
  word: 'Retrying',
};

const RESULTS: Readonly<Record<string, StatusLook>> = {
  Synced: { tone: 'positive', icon: 'done', word: 'Applied' },
  SyncFailed: { tone: 'negative', icon: 'broken', word: 'Failed' },
  Pruned: { tone: 'positive', icon: 'done', word: 'Deleted' },
  PruneSkipped: { tone: 'neutral', icon: 'absent', word: 'Not deleted' },
  Running: { tone: 'announcement', icon: 'moving', word: 'Running' },
  Terminating: { tone: 'warning', icon: 'moving', word: 'Terminating' },
  Succeeded: { tone: 'positive', icon: 'done', word: 'Succeeded' },
  Failed: { tone: 'negative', icon: 'broken', word: 'Failed' },
  Error: { tone: 'negative', icon: 'broken', word: 'Failed' },
};

/** What a hook is before it is over. */
const UNDER_WAY: readonly string[] = ['Running', 'Terminating'];

const WAITING: StatusLook = {
  tone: 'neutral',
  icon: 'waiting',
  word: 'Waiting',
};

/** How an operation goes, or went. */
export function lookOfOperation(operation: DeploymentOperation): StatusLook {
  const look = operation.nextTry ? RETRYING : PHASES[operation.phase];
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
  const done = resources.filter(
    ({ status }) => status && !UNDER_WAY.includes(status),
  );
  return resources.length > 0
    ? `${done.length} of ${resources.length} resources`
    : undefined;
}

/** Which of how many tries it is, not counting the first: `retry 2 of 5`. */
export function describeRetry({ number, limit }: OperationRetry): string {
  return limit === undefined
    ? `retry ${number}`
    : `retry ${number} of ${limit}`;
}

/** Who asked for something, as people say it. */
export function describeActor(by: string | undefined): string | undefined {
  if (by === 'auto-sync') {
    return 'Argo CD, by itself';
  }
  return by?.replace(/^user:(?:default\/)?/i, '');
}
