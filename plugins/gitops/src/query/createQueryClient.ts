import { QueryClient } from '@tanstack/react-query';
import { isTransient } from '../presentation/errors';

/** The cache of the backend's answers, for everything the plugin puts on a page. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // A browser without a network still reaches a portal on its own machine.
        networkMode: 'always',
        retry: (failures, error) => failures < 1 && isTransient(error),
        retryDelay: 300,
        refetchOnWindowFocus: true,
        refetchOnReconnect: true,
      },
    },
  });
}
