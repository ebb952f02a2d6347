/*
 * What the workflow of a generated service writes where the main branch is
 * protected: templates/microservice/nodejs/.github/workflows/ci.yaml.
 */

/** Every branch on which CI proposes a release begins so. */
export const CI_BRANCHES = 'ci/release-to-';

/** The branch on which CI proposes a release to the environment. */
export function ciBranch(environment: string): string {
  return `${CI_BRANCHES}${environment}`;
}

/** The version is an image's tag, as registries allow it. */
const TITLE =
  /^ci: release (?<version>\w[\w.-]{0,127}) to (?<environment>\S+)$/;

/**
 * The version that the title of CI's pull request tells; none where somebody
 * gave it other words.
 */
export function versionOfTitle(
  title: string,
  environment: string,
): string | undefined {
  const told = TITLE.exec(title)?.groups;
  return told?.environment === environment ? told.version : undefined;
}
