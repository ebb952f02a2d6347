import { type Application, type Condition } from '../applications/Application';
import { toPublicText } from './toPublicText';

/** Conditions in plain words, from what explains most to what explains least. */
const CONDITIONS: readonly (readonly [type: string, words: string])[] = [
  ['DeletionError', 'Argo CD cannot delete it'],
  ['InvalidSpecError', 'Its Application is not valid'],
  ['ComparisonError', 'Argo CD cannot tell what should run'],
  ['SyncError', 'The last sync failed'],
  ['UnknownError', 'Argo CD reports an error'],
  ['SharedResourceWarning', 'It shares objects with another application'],
  ['RepeatedResourceWarning', 'Its manifests contain an object twice'],
];

/**
 * How Argo CD's comparison begins where the cluster does not answer; see
 * https://github.com/argoproj/argo-cd/blob/master/controller/cache/cache.go
 */
const OF_CLUSTER = /failed to get cluster (?:info|version) for /;
const CLUSTER_AWAY =
  'Argo CD cannot reach the cluster, and shows what it saw last';

/** How Argo CD's parts pass an error on; its cause comes after. */
const PASSED_ON =
  /^(?:Failed to load (?:target|live) state|failed to generate manifest for source \d+ of \d+|failed to get cluster (?:info|version) for (?:cluster )?"[^"]*"|error synchronizing cache state |failed to get server version): |^rpc error: code = \w+ desc = /;

const FAILED: readonly string[] = ['Failed', 'Error'];
const RUNNING: readonly string[] = ['Running', 'Terminating'];

/**
 * A failed sync counts as running until its last retry; see
 * https://github.com/argoproj/argo-cd/blob/master/controller/appcontroller.go
 */
const RETRYING = /Retrying attempt #\d+/;

/**
 * Why an application is not synced, or what is going on, for a person: first
 * what it means, then Argo CD's own words. Nothing where all is well.
 */
export function deriveSyncMessage(
  application: Application,
): string | undefined {
  return (
    conditionMessage(application) ??
    operationMessage(application) ??
    waitingMessage(application)
  );
}

/** The worst condition, in words; nothing without one. */
export function conditionMessage({
  conditions,
}: Pick<Application, 'conditions'>): string | undefined {
  for (const [type, words] of CONDITIONS) {
    const condition = conditions.find(each => each.type === type);
    if (condition) {
      const what = isOfCluster(condition) ? CLUSTER_AWAY : words;
      return toPublicText(`${what}: ${causeOf(condition.message)}`);
    }
  }
  return undefined;
}

/** Whether it is not about what should run, but about a cluster that does not answer. */
export function isOfCluster({ type, message }: Condition): boolean {
  return type === 'ComparisonError' && OF_CLUSTER.test(message);
}

/** A message without what the parts of Argo CD put before it. */
export function causeOf(message: string): string {
  const shorter = message.replace(PASSED_ON, '');
  return shorter === message ? message : causeOf(shorter);
}

function operationMessage({
  sync,
  operation,
}: Application): string | undefined {
  if (!operation) {
    return undefined;
  }
  const { phase, message } = operation;
  if (RUNNING.includes(phase)) {
    const what = RETRYING.test(message ?? '')
      ? 'The sync failed and is tried again'
      : 'Syncing';
    return toPublicText(`${what}: ${message ?? 'in progress'}`);
  }
  if (FAILED.includes(phase) && sync.status !== 'Synced') {
    return toPublicText(
      `The last sync failed: ${message ?? 'no reason given'}`,
    );
  }
  return undefined;
}

/** What an application that is out of sync waits for. */
function waitingMessage(application: Application): string | undefined {
  const { sync, automated, selfHeals } = application;
  if (sync.status !== 'OutOfSync') {
    return undefined;
  }
  if (!automated) {
    return 'It is not synced automatically: somebody has to sync it.';
  }
  return !selfHeals && runsWhatGitAsksFor(application)
    ? 'It drifted: the cluster was changed, Git was not. Argo CD leaves that as it is until somebody syncs.'
    : 'Argo CD is about to sync it. If it stays like this, its details tell more: a sync window may be closed.';
}

/** Whether the last sync was of the commits that Git is at. */
function runsWhatGitAsksFor({ sync, deployed }: Application): boolean {
  const synced = deployed?.revisions.map(({ value }) => value) ?? [];
  return synced.length > 0 && synced.join() === sync.revisions.join();
}
