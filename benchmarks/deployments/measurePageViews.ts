import { type Portal } from './Portal';
import { type Size, World } from './World';
import { type Load, openLoop, together } from './openLoop';
import { type Row, viewPage } from './pageView';

/** What a page view of one system costs in one world, with so much latency in Argo CD. */
export interface PageViews {
  readonly latencyMs: number;
  readonly load: Load;
  /** Of Argo CD, per view. */
  readonly calls: number;
  /** Sent by Argo CD, per view. */
  readonly bytes: number;
}

export interface PageViewCell {
  readonly size: Size;
  readonly callboard: readonly PageViews[];
  readonly roadie: readonly PageViews[];
}

const SERVICES = 100;
const WARM_UP_SECONDS = 2;
/** Each system's turn is cut in two, so that neither has the better half of the time. */
const TURNS = 2;

/** Both systems in front of the same fleet, asked the same, in turns. */
export async function measurePageViews(options: {
  size: Size;
  latenciesMs: readonly number[];
  perSecond: number;
  /** For each system and latency. */
  seconds: number;
}): Promise<PageViewCell> {
  const { size } = options;
  const world = await World.start(size, SERVICES);
  try {
    const callboard = await world.portal('callboard');
    const roadie = await world.portal('roadie');
    await world.quiet();
    await checkSame(world, callboard, roadie);
    const measured: { callboard: PageViews[]; roadie: PageViews[] } = {
      callboard: [],
      roadie: [],
    };
    // Code that runs for the first time is no answer of a portal that is in use.
    for (const portal of [callboard, roadie]) {
      await takeTurn(world, portal, { ...options, seconds: WARM_UP_SECONDS });
    }
    for (const latencyMs of options.latenciesMs) {
      await world.argocd.ask('latency', latencyMs);
      const turns: Record<'callboard' | 'roadie', Turn[]> = {
        callboard: [],
        roadie: [],
      };
      for (let turn = 0; turn < TURNS; turn += 1) {
        turns.callboard.push(await takeTurn(world, callboard, options));
        turns.roadie.push(await takeTurn(world, roadie, options));
      }
      measured.callboard.push({ latencyMs, ...sum(turns.callboard) });
      measured.roadie.push({ latencyMs, ...sum(turns.roadie) });
    }
    return { size, ...measured };
  } finally {
    await world.stop();
  }
}

interface Turn {
  readonly load: Load;
  readonly calls: number;
  readonly bytes: number;
}

async function takeTurn(
  world: World,
  portal: Portal,
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<Turn> {
  const { services } = world;
  const before = await world.argocd.ask('traffic');
  const load = await openLoop({
    perSecond,
    seconds: seconds / TURNS,
    send: async index => {
      await viewPage(portal, services[index % services.length] ?? '');
    },
  });
  const after = await world.argocd.ask('traffic');
  return {
    load,
    calls: after.calls - before.calls,
    bytes: after.bytes - before.bytes,
  };
}

function sum(turns: readonly Turn[]): Turn {
  const load = together(...turns.map(turn => turn.load));
  const views = load.latencies.length + load.failures;
  const total = (of: (turn: Turn) => number) =>
    turns.reduce((all, turn) => all + of(turn), 0);
  return {
    load,
    calls: total(({ calls }) => calls) / views,
    bytes: total(({ bytes }) => bytes) / views,
  };
}

/** A quick answer that is wrong is worth nothing. */
async function checkSame(
  { services }: World,
  callboard: Portal,
  roadie: Portal,
): Promise<void> {
  for (const service of services.slice(0, 10)) {
    const [ours, theirs] = await Promise.all(
      [callboard, roadie].map(async portal =>
        JSON.stringify((await viewPage(portal, service)).sort(byName)),
      ),
    );
    if (ours !== theirs) {
      throw new TypeError(`${service}: ${ours} is not ${theirs}`);
    }
  }
}

function byName(a: Row, b: Row): number {
  return a.name.localeCompare(b.name);
}
