import {
  type EntityDeployments,
  type GitopsApi,
  type Source,
} from '@callboard/backstage-plugin-gitops-common';
import DataLoader from 'dataloader';

/** What is deployed of one of several entities on a page. */
export interface EntityAnswer {
  /** Nothing where the entity is not there for the caller. */
  readonly item?: EntityDeployments;
  readonly sources: readonly Source[];
  /** Where changes of the entity are told. */
  readonly channels?: { readonly channel: string; readonly pulse: string };
}

type Api = Pick<GitopsApi, 'getDeploymentsOf'>;

/** As long as React takes to put the rows of a page on it. */
const COLLECT_MS = 20;
const MOST_AT_ONCE = 100;

// One for each API; weak, so that they go when the app does.
const loaders = new WeakMap<Api, DataLoader<string, EntityAnswer>>();

/** Asks for the deployments of all that is on a page by one request. */
export function deploymentsLoader(api: Api): DataLoader<string, EntityAnswer> {
  const loader = loaders.get(api) ?? createLoader(api);
  loaders.set(api, loader);
  return loader;
}

function createLoader(api: Api): DataLoader<string, EntityAnswer> {
  return new DataLoader(
    async entityRefs => {
      const { items, sources, pulse } = await api.getDeploymentsOf(entityRefs);
      const byRef = new Map(items.map(item => [item.entityRef, item]));
      return entityRefs.map(entityRef => {
        const item = byRef.get(entityRef);
        const channels = item && { channel: item.channel, pulse };
        return { item, sources, channels };
      });
    },
    {
      // Answers are kept by the query cache, which knows how old they are.
      cache: false,
      maxBatchSize: MOST_AT_ONCE,
      batchScheduleFn: load => setTimeout(load, COLLECT_MS),
    },
  );
}
