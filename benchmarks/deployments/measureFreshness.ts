import { OpenPage } from './OpenPage';
import { type Portal } from './Portal';
import { type World } from './World';
import { now } from './now';
import { sorted } from './openLoop';
import { pause } from './pause';

/** From Argo CD's event on, in milliseconds, sorted. */
export interface Freshness {
  /** Until the signal arrives at an open browser. */
  readonly signal: readonly number[];
  /** Until the browser, which then asks again, has the new state. */
  readonly shown: readonly number[];
}

/** Changes applications one after the other, each of a service whose page is open. */
export async function measureFreshness(
  world: World,
  portal: Portal,
  changes: number,
): Promise<Freshness> {
  const inCatalog = new Set(world.services);
  const plans = world.plans.filter(
    ({ service, state }) => state === 'healthy' && inCatalog.has(service),
  );
  const signal: number[] = [];
  const shown: number[] = [];
  for (const { name, service } of evenly(plans, changes)) {
    const page = await OpenPage.open(portal, service);
    try {
      // Event and timer of the watcher are never in step.
      await pause(Math.random() * 200);
      const at = await world.argocd.ask('setHealth', {
        name,
        status: 'Degraded',
      });
      await page.untilDegraded(name);
      signal.push(page.signalledAt - at);
      shown.push(now() - at);
    } finally {
      page.close();
    }
  }
  return { signal: sorted(signal), shown: sorted(shown) };
}

function evenly<T>(all: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.floor(all.length / count));
  return all.filter((_, index) => index % step === 0).slice(0, count);
}
