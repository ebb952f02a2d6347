import { PluginWrapperBlueprint } from '@backstage/frontend-plugin-api';

/** One cache of answers for everything that the plugin puts on a page. */
export const queryCache = PluginWrapperBlueprint.make({
  params: defineParams =>
    defineParams({
      loader: () => import('../query/queryCacheWrapper').then(m => m.wrapper),
    }),
});
