/*
 * A backend with the plugin, as a process of its own that can be killed. Its
 * configuration is in the environment; it says `ready` when it is.
 */
import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { gitopsPlugin } from '../plugin';

const backend = createBackend();
backend.add(
  createServiceFactory({
    service: coreServices.rootConfig,
    deps: {},
    factory: () => new ConfigReader(JSON.parse(process.env.CONFIG ?? '{}')),
  }),
);
backend.add(gitopsPlugin);
backend.start().then(
  () => process.stdout.write('ready\n'),
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
