import { type Source } from '@callboard/backstage-plugin-gitops-common';
import { type Portal, until } from './Portal';
import { type Size, World } from './World';

/** What a large fleet costs a portal that has just started. */
export interface StartUp {
  readonly size: Size;
  /** From the first call to Argo CD until every application is known. */
  readonly listedMs: number;
  /** Until what each runs is known, too. */
  readonly settledMs: number;
  /** Per application, in bytes, over the same backend without the plugin. */
  readonly heap: number;
  readonly rss: number;
  /** Of the bare backend. */
  readonly bare: { readonly heap: number; readonly rss: number };
}

/** Of the catalog, the same on both sides. */
const SERVICES = 20;

export async function measureStartUp(size: Size): Promise<StartUp> {
  const world = await World.start(size, SERVICES);
  try {
    const callboard = await world.portal('callboard', { isFilled: false });
    const listedAt = await untilListed(callboard);
    const { firstCallAt = NaN } = await world.argocd.ask('traffic');
    await untilLookedInto(world, size.applications);
    await world.quiet();
    const settledAt = Math.max(listedAt, Date.now() - World.QUIET_MS);
    const full = await callboard.memory();
    await callboard.stop();
    const bare = await (await world.portal('bare')).memory();
    return {
      size,
      listedMs: listedAt - firstCallAt,
      settledMs: settledAt - firstCallAt,
      heap: (full.heap - bare.heap) / size.applications,
      rss: (full.rss - bare.rss) / size.applications,
      bare,
    };
  } finally {
    await world.stop();
  }
}

/** Manifests are read once for each application, and not before the lists. */
async function untilLookedInto(
  { argocd }: World,
  applications: number,
): Promise<void> {
  await until(async () => {
    const { calls } = await argocd.ask('traffic');
    return calls >= applications;
  }, World.QUIET_MS);
}

/** @returns when, in milliseconds since the epoch */
async function untilListed(portal: Portal): Promise<number> {
  let at = NaN;
  await until(async () => {
    const { sources } = await portal.get<{ sources: Source[] }>(
      'gitops/v1/applications?name=none',
    );
    at = Date.now();
    return sources.every(({ state }) => state === 'ok');
  }, 20);
  return at;
}
