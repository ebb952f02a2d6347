import { type Application, type ApplicationSource } from './Application';

/**
 * Where an application comes from: what is deployed, and what that was
 * hydrated from.
 */
export function everySource({
  sources,
  drySource,
}: Pick<Application, 'sources' | 'drySource'>): readonly ApplicationSource[] {
  return drySource ? [...sources, drySource] : sources;
}
