import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { type JsonObject } from '@backstage/types';
import { type Handler, type Router } from 'express';
import { gitopsPlugin } from '../plugin';

/**
 * Every route of the plugin's API, as `GET /v1/setup`, in the words of those
 * who wrote it; sorted.
 */
export async function routesOfPlugin(config: JsonObject): Promise<string[]> {
  const routes: string[] = [];
  const backend = await startTestBackend({
    features: [
      gitopsPlugin,
      mockServices.rootConfig.factory({ data: config }),
      mockServices.rootLogger.factory({ level: 'none' }),
      mockServices.events.factory(),
      catalogServiceMock.factory(),
      createServiceFactory({
        service: coreServices.httpRouter,
        deps: {},
        factory: () => ({
          use: handler => routes.push(...routesOf(handler)),
          addAuthPolicy: () => {},
        }),
      }),
    ],
  });
  await backend.stop();
  // Of several handlers one after the other, each is listed.
  return [...new Set(routes)].filter(it => it.includes(' /v1/')).sort();
}

function routesOf(handler: Handler, prefix = ''): string[] {
  return isRouter(handler)
    ? handler.stack.flatMap(({ route, handle, regexp }) =>
        route
          ? route.stack.map(
              ({ method }) =>
                `${method.toUpperCase()} ${prefix}${
                  route.path === '/' ? '' : route.path
                }`,
            )
          : routesOf(handle, `${prefix}${mountedAt(regexp)}`),
      )
    : [];
}

function isRouter(handler: Handler): handler is Router {
  return 'stack' in handler;
}

/** Express keeps only the pattern of where a router is. */
function mountedAt({ source }: RegExp): string {
  return source
    .replace(/^\^/, '')
    .replace('\\/?(?=\\/|$)', '')
    .replaceAll('\\/', '/');
}
