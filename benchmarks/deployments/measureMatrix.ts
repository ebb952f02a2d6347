import { type Portal } from './Portal';
import { type World } from './World';
import { type Load, openLoop } from './openLoop';
import { viewCallboard } from './pageView';

const WARM_UP_SECONDS = 3;

/** The matrix asked for, while the fleet changes. */
export interface Matrix {
  readonly load: Load;
  /** Of the portal's backend for one answer, in milliseconds. */
  readonly cpuMs: number;
  /** The same, each time by somebody who was not there before. */
  readonly strangers: Load;
  /** The catalog's own answer about the same entities, for comparison: what the platform takes for itself. */
  readonly catalog: Load;
}

export async function measureMatrix(
  { services }: World,
  portal: Portal,
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<Matrix> {
  const serviceOf = (index: number) => services[index % services.length] ?? '';
  const view = async (index: number) => {
    await viewCallboard(portal, serviceOf(index));
  };
  // Code that runs for the first time is no answer of a portal that is in use.
  await openLoop({ perSecond, seconds: WARM_UP_SECONDS, send: view });
  const cpuBefore = await portal.cpu();
  const load = await openLoop({ perSecond, seconds, send: view });
  const cpuMs = ((await portal.cpu()) - cpuBefore) / (perSecond * seconds);
  const tokens = await signInMany(portal, perSecond * seconds);
  const strangers = await openLoop({
    perSecond,
    seconds,
    send: async index => {
      await viewCallboard(portal, serviceOf(index), tokens[index]);
    },
  });
  const catalog = await openLoop({
    perSecond,
    seconds: seconds / 4,
    send: async index => {
      await portal.get(
        `catalog/entities/by-name/component/default/${serviceOf(index)}`,
      );
    },
  });
  return { load, cpuMs, strangers, catalog };
}

/** @returns their tokens */
async function signInMany(portal: Portal, people: number): Promise<string[]> {
  const tokens: string[] = [];
  for (let person = 0; person < people; person += 1) {
    tokens.push(await portal.signIn(`reader-${person}`));
  }
  return tokens;
}
