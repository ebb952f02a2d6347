import {
  type Deployment,
  DEPLOYMENT_STATES,
  type DeploymentState,
  statesOf,
} from '@callboard/backstage-plugin-gitops-common';
import { ELSEWHERE } from './environments';
import {
  lookOfHealthStatus,
  lookOfSyncStatus,
  type StatusLook,
} from './status';
import { versionOf, versionText, type VersionView } from './version';

/** An environment of a service in a chip. */
interface EnvironmentGlance {
  readonly name: string;
  /** Each that one of its clusters runs, or moves to, once. */
  readonly versions: readonly VersionView[];
  readonly look: StatusLook;
}

const LOOKS: Record<DeploymentState, StatusLook> = {
  degraded: lookOfHealthStatus('Degraded'),
  missing: lookOfHealthStatus('Missing'),
  'out-of-sync': lookOfSyncStatus('OutOfSync'),
  progressing: lookOfHealthStatus('Progressing'),
  suspended: lookOfHealthStatus('Suspended'),
  unknown: lookOfHealthStatus('Unknown'),
  unbuilt: { tone: 'neutral', icon: 'waiting', word: 'Waits for first build' },
  healthy: lookOfHealthStatus('Healthy'),
};

/** All states, the worst first, as people see them. */
export const STATE_OPTIONS = DEPLOYMENT_STATES.map(state => ({
  state,
  look: LOOKS[state],
}));

/** The environments that a service is deployed to, in the order of its deployments; no previews. */
export function glanceAtEnvironments(
  deployments: readonly Deployment[],
): EnvironmentGlance[] {
  const groups = new Map<string, Deployment[]>();
  for (const deployment of deployments.filter(isNoPreview)) {
    const name = deployment.environment ?? ELSEWHERE;
    groups.set(name, [...(groups.get(name) ?? []), deployment]);
  }
  return [...groups].flatMap(([name, its]) => {
    const look = lookOfAll(its);
    return look ? [{ name, versions: versionsOf(its), look }] : [];
  });
}

/**
 * The worst state of some deployments, with how many share it where not all do;
 * nothing where there are none.
 */
export function lookOfAll(
  deployments: readonly Deployment[],
): StatusLook | undefined {
  const [worst] = statesOf(deployments);
  if (!worst) {
    return undefined;
  }
  const look = LOOKS[worst];
  const all = deployments.filter(isNoPreview);
  const sharing = all.filter(it => statesOf([it]).includes(worst));
  return sharing.length < all.length
    ? {
        ...look,
        word: `${sharing.length} of ${all.length} ${look.word}`,
      }
    : look;
}

/** What comes last is what customers see: its environment, and its versions. */
export function lastEnvironment(
  deployments: readonly Deployment[],
): EnvironmentGlance | undefined {
  return glanceAtEnvironments(deployments)
    .filter(({ name }) => name !== ELSEWHERE)
    .at(-1);
}

function isNoPreview({ preview }: Deployment): boolean {
  return preview === undefined;
}

function versionsOf(deployments: readonly Deployment[]): VersionView[] {
  const views = deployments.map(versionOf);
  return [...new Map(views.map(view => [versionText(view), view])).values()];
}
