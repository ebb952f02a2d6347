// `npm start`: installs what is missing, then starts sandbox, backend and
// frontend. `yarn start [package]` starts without installing.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fail, seconds, step } from './output.mjs';
import { checkPorts, untilAnswers, untilCatalogued } from './portal.mjs';
import { startService, stopServices } from './services.mjs';
import { calledByNpm, prepareTools, root } from './toolchain.mjs';

const { values: options, positionals: packages } = parseArgs({
  allowPositionals: true,
  options: {
    reset: {
      type: 'boolean',
      default: process.env.npm_config_reset === 'true',
    },
    'data-dir': { type: 'string', default: path.join(root, '.sandbox') },
  },
});
const environment = process.env.BACKSTAGE_ENV ?? 'sandbox';
const sandboxed = environment === 'sandbox';
const dataDir = path.resolve(options['data-dir']);

process.on('SIGINT', () => stopServices().then(() => process.exit(0)));
process.on('SIGTERM', () => stopServices().then(() => process.exit(0)));
process.on('SIGHUP', () => stopServices().then(() => process.exit(0)));

try {
  await start();
} catch (error) {
  await stopServices();
  fail(error);
}

async function start() {
  const { node, env: tools } = await prepareTools();
  const env = {
    ...tools,
    BACKSTAGE_ENV: environment,
    CALLBOARD_SANDBOX_DIR: dataDir,
    BROWSER: 'none',
  };
  const everything = packages.length === 0;
  if (everything) {
    await checkPorts(sandboxed ? [3000, 7007, 7080, 7081] : [3000, 7007]);
  }
  if (sandboxed && everything) {
    await startSandbox(node, env);
  }
  await startPortal(node, env);
  if (everything) {
    console.log(sandboxed ? welcome() : running());
  }
}

async function startSandbox(node, env) {
  const transform = path.join(
    root,
    'node_modules/@backstage/cli/config/nodeTransform.cjs',
  );
  startService('sandbox', node, {
    args: [
      ...['--require', transform, 'src/cli.ts', '--data-dir', dataDir],
      ...(options.reset ? ['--reset'] : []),
    ],
    cwd: path.join(root, 'packages/sandbox'),
    env,
  });
  await step('Starting the sandbox: Git hosting, Argo CD, clusters', () =>
    Promise.all([
      untilAnswers('http://localhost:7080/'),
      untilAnswers('http://localhost:7081/healthz'),
    ]),
  );
}

async function startPortal(node, env) {
  const cli = path.join(root, 'node_modules/@backstage/cli/bin/backstage-cli');
  startService('portal', node, {
    args: [cli, 'repo', 'start', ...packages],
    cwd: root,
    env,
    // A developer of one package wants to see what it says.
    visible: packages.length > 0,
  });
  if (packages.length > 0) {
    return;
  }
  await step('Starting the portal: backend and frontend', () =>
    Promise.all([
      untilAnswers('http://localhost:7007/.backstage/health/v1/readiness'),
      untilAnswers('http://localhost:3000'),
    ]),
  );
  if (sandboxed) {
    await step('Filling the catalog', () =>
      untilCatalogued('component:default/cart'),
    );
  }
}

function welcome() {
  const command = calledByNpm ? 'npm start -- --reset' : 'yarn start --reset';
  return `
  Callboard is ready (${seconds()} s)

  Portal        http://localhost:3000    press Enter to come in as Maya, a developer
  Git hosting   http://localhost:7080    repositories and pull requests of acme
  Argo CD       http://localhost:7081    simulated, as are its clusters

  Try first     http://localhost:3000/create → Create new microservice, call it hello,
                then look at its Deployments tab

  Stop          Ctrl-C (your data stays; start over with ${command})
  Logs          logs/portal.log, logs/sandbox.log
`;
}

function running() {
  return `
  Callboard is ready (${seconds()} s), connected to the systems of your configuration

  Portal        http://localhost:3000
  Stop          Ctrl-C
  Logs          logs/portal.log
`;
}
