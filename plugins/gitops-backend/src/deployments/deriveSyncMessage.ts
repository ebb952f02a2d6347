import { type Application } from '../applications/Application';
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

/** How Argo CD's parts pass an error on; its cause comes after. */
const PASSED_ON =
  /^Failed to load target state: |^failed to generate manifest for source \d+ of \d+: |^rpc error: code = \w+ desc = /;

const FAILED: readonly string[] = ['Failed', 'Error'];
const RUNNING: readonly string[] = ['Running', 'Terminating'];

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
    manualSyncMessage(application)
  );
}

/** The worst condition, in words; nothing without one. */
export function conditionMessage({
  conditions,
}: Pick<Application, 'conditions'>): string | undefined {
  for (const [type, words] of CONDITIONS) {
    const condition = conditions.find(each => each.type === type);
    if (condition) {
      return toPublicText(`${words}: ${causeOf(condition.message)}`);
    }
  }
  return undefined;
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
    return toPublicText(`Syncing: ${message ?? 'in progress'}`);
  }
  if (FAILED.includes(phase) && sync.status !== 'Synced') {
    return toPublicText(
      `The last sync failed: ${message ?? 'no reason given'}`,
    );
  }
  return undefined;
}

function manualSyncMessage({
  sync,
  automated,
}: Application): string | undefined {
  return sync.status === 'OutOfSync' && !automated
    ? 'It is not synced automatically: somebody has to sync it.'
    : undefined;
}
