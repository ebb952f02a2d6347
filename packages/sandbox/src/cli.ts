import path from 'node:path';
import { parseArgs } from 'node:util';
import { type FleetOptions, startFleet } from './fleet/Fleet';
import { readFleetOptions } from './fleet/readFleetOptions';
import { writeFleetFiles } from './fleet/writeFleetFiles';
import { ensureFree, readPort } from './ports';
import { startSandbox } from './sandbox';
import { startOver } from './startOver';

const ROOT = path.resolve(__dirname, '../../..');
const PATIENCE_MS = 2_500;

const USAGE = `The outside world on a laptop: Git hosting, Argo CD and clusters.

  --data-dir <folder>    where everything is kept (default: .sandbox)
  --git-port <port>      of the Git hosting (default: 7080)
  --argocd-port <port>   of Argo CD (default: 7081)
  --portal-url <url>     backend that gets the webhooks (default: http://localhost:7007)
  --reset                start over

Instead, a fleet: Argo CD instances with made-up applications, and nothing else.

  --applications <number>       in all
  --instances <number>          that share them, on --argocd-port and the ports after it (default: 1)
  --events-per-second <number>  changes in all (default: 0)
`;

const { values: options } = parseArgs({
  options: {
    'data-dir': { type: 'string', default: path.join(ROOT, '.sandbox') },
    'git-port': { type: 'string', default: '7080' },
    'argocd-port': { type: 'string', default: '7081' },
    'portal-url': { type: 'string', default: 'http://localhost:7007' },
    reset: { type: 'boolean', default: false },
    applications: { type: 'string' },
    instances: { type: 'string' },
    'events-per-second': { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (options.help) {
  say(USAGE);
} else {
  main().catch((error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}

async function main(): Promise<void> {
  const argocdPort = readPort('--argocd-port', options['argocd-port']);
  const { applications, instances } = options;
  const fleet = readFleetOptions({
    applications,
    instances,
    'events-per-second': options['events-per-second'],
  });
  const dataDir = path.resolve(options['data-dir']);
  if (fleet) await runFleet({ ...fleet, port: argocdPort }, dataDir);
  else await runSandbox(argocdPort, dataDir);
}

async function runSandbox(argocdPort: number, dataDir: string): Promise<void> {
  const gitPort = readPort('--git-port', options['git-port']);
  await ensureFree(gitPort, "the sandbox's Git hosting", '--git-port');
  await ensureFree(argocdPort, "the sandbox's Argo CD", '--argocd-port');
  if (options.reset) {
    startOver(dataDir);
  }
  const sandbox = await startSandbox({
    dataDir,
    gitPort,
    argocdPort,
    portalUrl: options['portal-url'],
    log: message => say(`${message}\n`),
  });
  stopOnSignal(() => sandbox.stop());
  say(
    `Sandbox ready: Git hosting ${sandbox.git.url}, Argo CD ${sandbox.argocd.url}\n`,
  );
}

async function runFleet(
  { port = 0, ...size }: FleetOptions,
  dataDir: string,
): Promise<void> {
  for (let index = 0; port > 0 && index < size.instances; index += 1) {
    const user = `Argo CD ${index + 1} of the fleet`;
    await ensureFree(port + index, user, '--argocd-port');
  }
  const log = (message: string) => say(`${message}\n`);
  const fleet = await startFleet({ ...size, port, log });
  stopOnSignal(() => fleet.stop());
  const config = await writeFleetFiles(path.join(dataDir, 'fleet'), fleet);
  const urls = fleet.instances.map(({ name, url }) => `  ${name}  ${url}\n`);
  say(
    `Fleet ready: ${size.applications} applications, ${
      size.eventsPerSecond
    } events per second\n${urls.join(
      '',
    )}Configuration for a portal: ${config}\n`,
  );
}

function stopOnSignal(stop: () => Promise<void>): void {
  const end = () => {
    // What does not stop in time is ended with the process.
    setTimeout(() => process.exit(0), PATIENCE_MS).unref();
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

function say(text: string): void {
  process.stdout.write(text);
}
