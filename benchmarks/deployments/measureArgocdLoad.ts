import { type World } from './World';
import { pause } from './pause';

/** What Argo CD does for the portal in a minute, all instances together. */
export interface ArgocdLoad {
  readonly replicas: number;
  readonly calls: number;
  readonly bytes: number;
}

/** Adds replicas of Callboard until there are so many, and looks at Argo CD for a while at each. */
export async function measureArgocdLoad(
  world: World,
  options: {
    /** That run already. */
    running: number;
    replicas: readonly number[];
    seconds: number;
  },
): Promise<ArgocdLoad[]> {
  let { running } = options;
  const loads: ArgocdLoad[] = [];
  for (const replicas of options.replicas) {
    for (; running < replicas; running += 1) {
      await world.portal('callboard');
    }
    await world.quiet();
    const before = await world.argocd.ask('traffic');
    await pause(options.seconds * 1000);
    const after = await world.argocd.ask('traffic');
    const perMinute = 60 / options.seconds;
    loads.push({
      replicas,
      calls: (after.calls - before.calls) * perMinute,
      bytes: (after.bytes - before.bytes) * perMinute,
    });
  }
  return loads;
}
