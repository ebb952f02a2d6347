import { type Portal } from './Portal';
import { type Size, World } from './World';
import { openLoop, percentile, sorted } from './openLoop';
import { viewCallboard } from './pageView';

/** What an answer costs in front of a large fleet, by what it costs in front of a small one. */
export interface Growth {
  readonly small: Size;
  readonly large: Size;
  /** Of the median until the answer is there. */
  readonly median: number;
  /** Of the backend's CPU for one answer. */
  readonly cpu: number;
}

interface Turn {
  readonly latencies: readonly number[];
  readonly cpuMs: number;
}

/** Of the catalog, the same on both sides. */
const SERVICES = 20;
const WARM_UP_SECONDS = 2;
/** So that neither has the better part of the time. */
const TURNS = 4;

/** The same question in front of both, in turns. */
export async function measureGrowth(options: {
  small: Size;
  large: Size;
  perSecond: number;
  /** For each of them. */
  seconds: number;
}): Promise<Growth> {
  const worlds: World[] = [];
  try {
    const open = async (size: Size) => {
      const world = await World.start(size, SERVICES);
      worlds.push(world);
      const portal = await world.portal('callboard');
      await world.quiet();
      await takeTurn(world, portal, { ...options, seconds: WARM_UP_SECONDS });
      return { world, portal, turns: [] as Turn[] };
    };
    const small = await open(options.small);
    const large = await open(options.large);
    for (let turn = 0; turn < TURNS; turn += 1) {
      for (const { world, portal, turns } of [small, large]) {
        const seconds = options.seconds / TURNS;
        turns.push(await takeTurn(world, portal, { ...options, seconds }));
      }
    }
    return {
      small: options.small,
      large: options.large,
      median: medianOf(large.turns) / medianOf(small.turns),
      cpu: cpuOf(large.turns) / cpuOf(small.turns),
    };
  } finally {
    await Promise.all(worlds.map(world => world.stop()));
  }
}

/** @throws TypeError where an answer failed */
async function takeTurn(
  { services }: World,
  portal: Portal,
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<Turn> {
  const before = await portal.cpu();
  const { latencies, failures } = await openLoop({
    perSecond,
    seconds,
    send: async index => {
      await viewCallboard(portal, services[index % services.length] ?? '');
    },
  });
  if (failures > 0) {
    throw new TypeError(`${failures} answers failed`);
  }
  return { latencies, cpuMs: (await portal.cpu()) - before };
}

function medianOf(turns: readonly Turn[]): number {
  return percentile(sorted(turns.flatMap(({ latencies }) => latencies)), 0.5);
}

function cpuOf(turns: readonly Turn[]): number {
  return turns.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}
