import { PluginWrapperBlueprint } from '@backstage/frontend-plugin-api';

/**
 * Puts one cache of answers around everything that the plugin has on a page.
 * Not by the blueprint's `useWrapperValue`: elements at the app's root, such as
 * the banner, are outside of where that works.
 */
export const queryCache = PluginWrapperBlueprint.make({
  params: defineParams =>
    defineParams({
      loader: async () => {
        const { QueryCache } = await import('../query/QueryCache');
        return { component: QueryCache };
      },
    }),
});
