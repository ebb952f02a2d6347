import { type RegistrationChange } from '@callboard/backstage-plugin-gitops-common';
import { type z as zod } from 'zod/v3';

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

interface Task {
  logger: { info(message: string): void };
  output(
    name: 'environment' | 'commitUrl' | 'pullRequestUrl',
    value: string,
  ): void;
  output(name: 'outcome', value: RegistrationChange['outcome']): void;
  output(name: 'notes', value: string[]): void;
}

/** Tells the person what happened, and later steps what they may need. */
export function reportChange(task: Task, change: RegistrationChange): void {
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
