import {
  type EnvironmentConfig,
  type PlannedApplication,
} from '@callboard/backstage-plugin-gitops-node';
import { type ApplicationHub } from './ApplicationHub';
import { type FinalizerReader } from './FinalizerReader';

/** Reads the finalizers of the Applications that registrations plan. */
export function finalizersOf(
  { finalizers }: Pick<ApplicationHub, 'finalizers'>,
  environments: readonly EnvironmentConfig[],
): {
  read(application: PlannedApplication): ReturnType<FinalizerReader['read']>;
} {
  return {
    read: application =>
      finalizers.read({
        ...application,
        project: projectOf(application, environments),
      }),
  };
}

/**
 * The project that the Application should have. Nothing where environments
 * share the cluster: with the wrong project Argo CD would call an Application
 * missing that is there.
 */
function projectOf(
  { instance, cluster }: PlannedApplication,
  environments: readonly EnvironmentConfig[],
): string | undefined {
  const projects = new Set(
    environments
      .filter(({ clusters }) =>
        clusters.some(
          each => each.instance === instance && each.name === cluster,
        ),
      )
      .map(({ project }) => project),
  );
  return projects.size === 1 ? [...projects][0] : undefined;
}
