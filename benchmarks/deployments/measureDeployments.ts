import { type Section } from '../Section';
import { World } from './World';
import { type ArgocdLoad, measureArgocdLoad } from './measureArgocdLoad';
import { type Freshness, measureFreshness } from './measureFreshness';
import { measureGrowth } from './measureGrowth';
import { type Matrix, measureMatrix } from './measureMatrix';
import { measurePageViews, type PageViewCell } from './measurePageViews';
import { measureStartUp } from './measureStartUp';
import { type Settings } from './settings';
import { barsTable, loadTable, pageViewTable } from './tables';

/** What was measured in front of a fleet that changes all the time. */
export interface Live {
  readonly matrix: Matrix;
  readonly freshness: Freshness;
  readonly loads: readonly ArgocdLoad[];
}

/**
 * Callboard's backend and Roadie's in front of the same fleets, and the bars of
 * the design. Gives each table as soon as it is measured.
 */
export async function* measureDeployments(
  settings: Settings,
  say: (progress: string) => void,
): AsyncGenerator<Section> {
  const live = await measureLive(settings, say);
  const { applications, instances } = settings.startUp;
  say(
    `Starting in front of ${applications} applications on ${instances} instances`,
  );
  const startUp = await measureStartUp(settings.startUp);
  const { small, large } = settings.growth;
  say(
    `${small.applications} and ${large.applications} applications, asked the same in turns`,
  );
  const growth = await measureGrowth(settings.growth);
  yield {
    name: 'bars',
    markdown: barsTable({ settings, ...live, startUp, growth }),
  };
  const cells: PageViewCell[] = [];
  for (const size of settings.pageViews.sizes) {
    say(
      `Page views with ${size.applications} applications on ${size.instances} instances`,
    );
    cells.push(await measurePageViews({ ...settings.pageViews, size }));
  }
  yield { name: 'page-views', markdown: pageViewTable(cells) };
  yield {
    name: 'argocd-load',
    markdown: loadTable({ settings, ...live, cells }),
  };
}

async function measureLive(
  { live: { size, ...live } }: Settings,
  say: (progress: string) => void,
): Promise<Live> {
  say(
    `Filling a portal in front of ${size.applications} applications on ${size.instances} instances, ${size.eventsPerSecond} events a second`,
  );
  const world = await World.start(size);
  try {
    const portal = await world.portal('callboard');
    await world.quiet();
    const { perSecond, seconds } = live.matrix;
    say(`${perSecond} views a second for ${seconds} s`);
    const matrix = await measureMatrix(world, portal, live.matrix);
    say(`${live.changes} changes, each watched on an open page`);
    const freshness = await measureFreshness(world, portal, live.changes);
    say(`Argo CD's load with ${live.replicas.join(' and ')} replicas`);
    const loads = await measureArgocdLoad(world, {
      running: 1,
      replicas: live.replicas,
      seconds: live.watchSeconds,
    });
    return { matrix, freshness, loads };
  } finally {
    await world.stop();
  }
}
