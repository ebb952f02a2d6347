import { createHmac } from 'node:crypto';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { GithubEventRouter } from '@backstage/plugin-events-backend-module-github';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { eventsExtensionPoint } from '@backstage/plugin-events-node/alpha';

/**
 * Listens to webhooks as Backstage's own module does. That one is loaded by
 * dynamic imports, which jest does not know.
 */
export function githubEvents(secret: string) {
  return createBackendModule({
    pluginId: 'events',
    moduleId: 'github-for-tests',
    register(env) {
      env.registerInit({
        deps: {
          eventsExtension: eventsExtensionPoint,
          events: eventsServiceRef,
        },
        async init({ eventsExtension, events }) {
          await new GithubEventRouter({ events }).subscribe();
          eventsExtension.addHttpPostIngress({
            topic: 'github',
            validator: async ({ headers, raw }, context) => {
              const signature = createHmac('sha256', secret)
                .update(raw.body)
                .digest('hex');
              if (headers['x-hub-signature-256'] !== `sha256=${signature}`) {
                context.reject({ status: 403, payload: {} });
              }
            },
          });
        },
      });
    },
  });
}
