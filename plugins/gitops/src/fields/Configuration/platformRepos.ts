import { type Environment } from '@callboard/backstage-plugin-gitops-common';

/** Each platform repository once. Most organisations have one for everything. */
export function platformReposOf(
  environments: readonly Environment[],
): readonly string[] {
  return [...new Set(environments.map(({ platformRepo }) => platformRepo))];
}
