import {
  type AuthService,
  type BackstageCredentials,
} from '@backstage/backend-plugin-api';
import {
  type CallOptions,
  type RegistrationChange,
} from '@callboard/backstage-plugin-gitops-common';
import { onBehalfOf } from '@callboard/backstage-plugin-gitops-node';
import { type z as zod } from 'zod/v3';

/** The service that a registration is of. */
export const serviceInput = {
  entityRef: (z: typeof zod) =>
    z.string().describe('The service, for example `component:default/cart`'),
};

/** What both actions that change a registration put out. */
export const changeOutput = {
  environment: (z: typeof zod) =>
    z.string().describe('The environment that was changed'),
  outcome: (z: typeof zod) =>
    z
      .enum(['committed', 'proposed', 'unchanged', 'planned'])
      .describe(
        '`committed`; `proposed`: somebody has to merge it; `unchanged`: there was nothing to do; `planned`: dry run',
      ),
  commitUrl: (z: typeof zod) =>
    z.string().optional().describe('The commit, where there is one'),
  pullRequestUrl: (z: typeof zod) =>
    z.string().optional().describe('The pull request, where there is one'),
  notes: (z: typeof zod) =>
    z.array(z.string()).describe('What people should know'),
};

/** The part of a task's context that a change of a registration needs. */
interface Task {
  isDryRun?: boolean;
  signal?: AbortSignal;
  logger: { info(message: string): void };
  getInitiatorCredentials(): Promise<BackstageCredentials>;
  output(
    name: 'environment' | 'commitUrl' | 'pullRequestUrl',
    value: string,
  ): void;
  output(name: 'outcome', value: RegistrationChange['outcome']): void;
  output(name: 'notes', value: string[]): void;
}

/**
 * Has the backend make a change on behalf of the person who runs the template,
 * or plan it in a dry run; tells the person what happened, and later steps what
 * they may need.
 */
export async function carryOut(
  task: Task,
  auth: AuthService,
  change: (
    dryRun: { dryRun?: true },
    options: CallOptions,
  ) => Promise<RegistrationChange>,
): Promise<void> {
  const { isDryRun, signal } = task;
  const credentials = await task.getInitiatorCredentials();
  const done = await onBehalfOf({ auth, credentials }, token =>
    change(isDryRun ? { dryRun: true } : {}, { token, signal }),
  );
  report(task, done);
}

function report(task: Task, change: RegistrationChange): void {
  task.logger.info(sentence(change));
  change.notes.forEach(note => task.logger.info(note));
  task.output('environment', change.environment);
  task.output('outcome', change.outcome);
  task.output('notes', [...change.notes]);
  if (change.commit) {
    task.output('commitUrl', change.commit.url);
  }
  if (change.pullRequest) {
    task.output('pullRequestUrl', change.pullRequest.url);
  }
}

function sentence(change: RegistrationChange): string {
  const { environment, repository, commit, pullRequest } = change;
  switch (change.outcome) {
    case 'committed':
      return `Committed to ${repository} for ${environment}: ${commit?.url}`;
    case 'proposed':
      return `Opened a pull request for ${environment}: ${pullRequest?.url}. ${environment} changes when somebody merges it.`;
    case 'unchanged':
      return `Nothing to do: ${environment} is as it should be in ${repository}`;
    case 'planned':
      return `Dry run. Would change in ${repository} for ${environment}: ${change.files
        .map(file => file.path)
        .join(', ')}`;
    default:
      return change.outcome satisfies never;
  }
}
