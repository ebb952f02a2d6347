import { type Portal } from './Portal';
import { type World } from './World';
import { type Load, openLoop } from './openLoop';
import { viewPage } from './pageView';

const WARM_UP_SECONDS = 3;

/** The matrix asked for, while the fleet changes. */
export interface Matrix {
  readonly load: Load;
  /** Of the portal's backend for one answer, in milliseconds. */
  readonly cpuMs: number;
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
    await viewPage(portal, serviceOf(index));
  };
  // Code that runs for the first time is no answer of a portal that is in use.
  await openLoop({ perSecond, seconds: WARM_UP_SECONDS, send: view });
  const cpuBefore = await portal.cpu();
  const load = await openLoop({ perSecond, seconds, send: view });
  const cpuMs = ((await portal.cpu()) - cpuBefore) / (perSecond * seconds);
  const catalog = await openLoop({
    perSecond,
    seconds: seconds / 4,
    send: async index => {
      await portal.get(
        `catalog/entities/by-name/component/default/${serviceOf(index)}`,
      );
    },
  });
  return { load, cpuMs, catalog };
}
