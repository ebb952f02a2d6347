import { type AppProject } from './AppProject';

/** A window that is always open and lets nobody in, on all applications of a project. */
const FREEZE = {
  kind: 'deny',
  schedule: '* * * * *',
  duration: '1h',
  applications: ['*'],
  description: 'Nothing is deployed until somebody ends this trouble',
};

/** Whether nothing may be deployed in the project because of a freeze. */
export function isFrozen({ spec }: AppProject): boolean {
  return windows(spec).some(isFreeze);
}

/** The project with a freeze, or without one; all other windows stay. */
export function withFreeze(project: AppProject, frozen: boolean): AppProject {
  if (isFrozen(project) === frozen) return project;
  const { syncWindows: _, ...spec } = project.spec;
  const others = windows(project.spec).filter(window => !isFreeze(window));
  const all = frozen ? [...others, FREEZE] : others;
  return {
    ...project,
    spec: all.length ? { ...spec, syncWindows: all } : spec,
  };
}

function windows({ syncWindows }: AppProject['spec']): unknown[] {
  return syncWindows ?? [];
}

function isFreeze(window: unknown): boolean {
  const { description } = window as { description?: string };
  return description === FREEZE.description;
}
