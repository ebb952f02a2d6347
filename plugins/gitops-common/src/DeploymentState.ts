import { type Deployment } from './Deployment';
import { isUnbuilt } from './Release';

/**
 * In which states a deployment can be, the one that needs a look most first:
 * Argo CD's health, that it is out of sync, and that a new service waits for
 * its first image.
 *
 * @public
 */
export const DEPLOYMENT_STATES = [
  'degraded',
  'missing',
  'out-of-sync',
  'progressing',
  'suspended',
  'unknown',
  'unbuilt',
  'healthy',
] as const;

/**
 * A state of a deployment.
 *
 * @public
 */
export type DeploymentState = (typeof DEPLOYMENT_STATES)[number];

/** What of a deployment its states come from. */
type Stateful = Pick<
  Deployment,
  'sync' | 'health' | 'desired' | 'live' | 'preview'
>;

/**
 * Whether a deployment waits for the service's first image: the placeholder is
 * all that Git asks for, and nothing else ever ran.
 *
 * @public
 */
export function waitsForFirstBuild({
  desired,
  live,
}: Pick<Deployment, 'desired' | 'live'>): boolean {
  return isUnbuilt(desired) && (live === undefined || isUnbuilt(live));
}

/**
 * The states that some deployments are in, the worst first. `healthy` is among
 * them only where it is the only one: where all of them are healthy and as Git
 * has them. Previews of pull requests don't count: it is their fate to fail.
 *
 * @public
 */
export function statesOf(deployments: readonly Stateful[]): DeploymentState[] {
  const found = new Set(
    deployments.filter(({ preview }) => !preview).flatMap(statesOfOne),
  );
  if (found.size > 1) {
    found.delete('healthy');
  }
  return DEPLOYMENT_STATES.filter(state => found.has(state));
}

function statesOfOne(deployment: Stateful): DeploymentState[] {
  // Without a first image nothing can be healthy, and nothing is wrong.
  if (waitsForFirstBuild(deployment)) {
    return ['unbuilt'];
  }
  const { health, sync } = deployment;
  return [
    health.status.toLowerCase() as DeploymentState,
    ...(sync.status === 'OutOfSync' ? (['out-of-sync'] as const) : []),
  ];
}
