import path from 'node:path';
import { parseArgs } from 'node:util';
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
`;

const { values: options } = parseArgs({
  options: {
    'data-dir': { type: 'string', default: path.join(ROOT, '.sandbox') },
    'git-port': { type: 'string', default: '7080' },
    'argocd-port': { type: 'string', default: '7081' },
    'portal-url': { type: 'string', default: 'http://localhost:7007' },
    reset: { type: 'boolean', default: false },
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
  const gitPort = readPort('--git-port', options['git-port']);
  const argocdPort = readPort('--argocd-port', options['argocd-port']);
  await ensureFree(gitPort, "the sandbox's Git hosting", '--git-port');
  await ensureFree(argocdPort, "the sandbox's Argo CD", '--argocd-port');
  const dataDir = path.resolve(options['data-dir']);
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
