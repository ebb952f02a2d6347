import { type Portal } from './Portal';
import { type World } from './World';
import { type Load, openLoop } from './openLoop';
import { viewPage } from './pageView';

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
  const cpuBefore = await portal.cpu();
  const load = await openLoop({
    perSecond,
    seconds,
    send: async index => {
      await viewPage(portal, serviceOf(index));
    },
  });
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
