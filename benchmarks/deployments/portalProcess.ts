/** A process with a portal's backend: bare, with Callboard, or with Roadie's plugin. */
import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { type Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { type JsonObject } from '@backstage/types';
import { serve } from './Child';
import { OwnersOnly } from './OwnersOnly';
import { anybody } from './anybody';
import { pause } from './pause';

/** What answers for applications in a portal. */
export type System = 'callboard' | 'roadie' | 'bare';

interface PortalOptions {
  readonly system: System;
  readonly config: JsonObject;
  readonly entities: readonly Entity[];
}

const ownersOnly = createBackendModule({
  pluginId: 'permission',
  moduleId: 'owners-only',
  register(reg) {
    reg.registerInit({
      deps: { policy: policyExtensionPoint, userInfo: coreServices.userInfo },
      async init({ policy, userInfo }) {
        policy.setPolicy(new OwnersOnly(userInfo));
      },
    });
  },
});

const methods = {
  async start({ system, config, entities }: PortalOptions) {
    const backend = createBackend();
    backend.add(
      createServiceFactory({
        service: coreServices.rootConfig,
        deps: {},
        factory: () => new ConfigReader(config),
      }),
    );
    backend.add(import('@backstage/plugin-auth-backend'));
    backend.add(anybody);
    backend.add(import('@backstage/plugin-catalog-backend'));
    backend.add(import('@backstage/plugin-permission-backend'));
    backend.add(import('@backstage/plugin-events-backend'));
    backend.add(import('@backstage/plugin-signals-backend'));
    backend.add(ownersOnly);
    backend.add(entityProvider(entities));
    if (system === 'callboard') {
      backend.add(import('@callboard/backstage-plugin-gitops-backend'));
    }
    if (system === 'roadie') {
      backend.add(import('@roadiehq/backstage-plugin-argo-cd-backend'));
    }
    await backend.start();
  },
  /** In bytes, after what is garbage has gone. */
  async memory() {
    for (let times = 0; times < 3; times += 1) {
      global.gc?.();
      await pause(200);
    }
    const { heapUsed, external, rss } = process.memoryUsage();
    return { heap: heapUsed + external, rss };
  },
  /** Writes down where the time of so many seconds goes, for a look with a browser's tools. */
  async profile({ seconds, file }: { seconds: number; file: string }) {
    const session = new Session();
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.start');
    await pause(seconds * 1000);
    const { profile } = await session.post('Profiler.stop');
    await writeFile(file, JSON.stringify(profile));
  },
  /** Of this process since it started, in milliseconds. */
  cpu() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
};

export type PortalProcess = typeof methods;

serve(methods);

function entityProvider(entities: readonly Entity[]) {
  return createBackendModule({
    pluginId: 'catalog',
    moduleId: 'fleet',
    register(reg) {
      reg.registerInit({
        deps: { catalog: catalogProcessingExtensionPoint },
        async init({ catalog }) {
          catalog.addEntityProvider({
            getProviderName: () => 'fleet',
            async connect(connection) {
              await connection.applyMutation({
                type: 'full',
                entities: entities.map(entity => ({ entity })),
              });
            },
          });
        },
      });
    },
  });
}
