import { type DeploymentDetail } from '@callboard/backstage-plugin-gitops-common';
import { type Action, isRunning } from './actions';
import { describeProgress, describeRetry, lookOfOperation } from './operation';
import { type StatusLook } from './status';

/** How long to look for an effect of an action before taking it for lost. */
const PATIENCE_MS = 60_000;

/** An action that the backend took, and how things were before. */
export interface StartedAction {
  readonly action: Action;
  readonly at: Date;
  readonly before?: {
    readonly operationStartedAt?: string;
    readonly comparedAt?: string;
  };
}

/** What to say above the details about what is going on. */
interface ActivityView {
  readonly look: StatusLook;
  readonly words: string;
}

const STARTED: Record<Action, string> = {
  sync: 'The sync was started. Argo CD takes it up in a moment.',
  refresh: 'Argo CD was asked to look at Git again.',
  'hard-refresh':
    'Argo CD was asked to forget what it rendered, and to look at Git again.',
  terminate: 'Argo CD was asked to end the sync.',
};

const LOST: Record<Action, string> = {
  sync: 'Argo CD has not begun the sync within a minute.',
  refresh: 'Argo CD has not compared it with Git within a minute.',
  'hard-refresh': 'Argo CD has not rendered and compared it within a minute.',
  terminate: 'Argo CD has not ended the sync within a minute.',
};

const OVER: Record<Exclude<Action, 'sync'>, string> = {
  refresh: 'Argo CD has compared it with Git again.',
  'hard-refresh': 'Argo CD has rendered and compared it again.',
  terminate: 'The sync was ended. What it had applied stays.',
};

/** How things are, to be compared with later. */
export function momentOf(
  detail: DeploymentDetail | undefined,
): StartedAction['before'] {
  return (
    detail && {
      operationStartedAt: detail.operation?.startedAt,
      comparedAt: detail.comparedAt,
    }
  );
}

/** Whether the effect of an action has yet to show. */
export function isAwaited(
  started: StartedAction | undefined,
  detail: DeploymentDetail | undefined,
  now: Date,
): boolean {
  return (
    started !== undefined &&
    !isLate(started, now) &&
    !hasEffect(started, detail)
  );
}

function isLate({ at }: StartedAction, now: Date): boolean {
  return now.getTime() - at.getTime() >= PATIENCE_MS;
}

/** What is going on with a deployment: a sync, or what somebody has just asked for here. */
export function describeActivity(
  started: StartedAction | undefined,
  detail: DeploymentDetail | undefined,
  now: Date,
): ActivityView | undefined {
  if (started && !hasEffect(started, detail)) {
    return describeAwaited(started, now);
  }
  if (isRunning(detail)) {
    return describeRunning(detail);
  }
  if (!started) {
    return undefined;
  }
  return started.action === 'sync'
    ? describeOutcome(detail)
    : {
        look: { tone: 'positive', icon: 'done', word: 'Done' },
        words: OVER[started.action],
      };
}

function describeAwaited(started: StartedAction, now: Date): ActivityView {
  const { action } = started;
  return isLate(started, now)
    ? {
        look: { tone: 'warning', icon: 'attention', word: 'No effect yet' },
        words: `${LOST[action]} Look at the application in Argo CD, which may be busy or in trouble; then try again.`,
      }
    : {
        look: { tone: 'announcement', icon: 'waiting', word: 'Started' },
        words: STARTED[action],
      };
}

function hasEffect(
  { action, before }: StartedAction,
  detail: DeploymentDetail | undefined,
): boolean {
  switch (action) {
    case 'sync':
      return (
        detail?.operation?.startedAt !== undefined &&
        detail.operation.startedAt !== before?.operationStartedAt
      );
    case 'refresh':
    case 'hard-refresh':
      return (
        detail?.comparedAt !== undefined &&
        detail.comparedAt !== before?.comparedAt
      );
    case 'terminate':
      return detail !== undefined && !isRunning(detail);
    default:
      return action satisfies never;
  }
}

function describeRunning(
  detail: DeploymentDetail | undefined,
): ActivityView | undefined {
  const operation = detail?.operation;
  if (!operation) {
    return undefined;
  }
  const { message, retries, nextTry } = operation;
  return {
    look: lookOfOperation(operation),
    words: sentences(
      describeProgress(operation),
      message,
      retries > 0 ? `Tried again ${times(retries)}` : undefined,
      nextTry && `${describeRetry(nextTry)} follows`,
    ),
  };
}

function describeOutcome(
  detail: DeploymentDetail | undefined,
): ActivityView | undefined {
  const operation = detail?.operation;
  return (
    operation && {
      look: lookOfOperation(operation),
      words: sentences(operation.message ?? 'The sync is over'),
    }
  );
}

function sentences(...parts: (string | undefined)[]): string {
  return parts
    .flatMap(it => it ?? [])
    .map(it => it.replace(/\.?\s*$/, '.'))
    .map(it => it.charAt(0).toUpperCase() + it.slice(1))
    .join(' ');
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
