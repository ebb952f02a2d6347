import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ServiceUnavailableError } from '@backstage/errors';
import { type JsonObject } from '@backstage/types';
import { databaseConfig } from '@callboard/sandbox';

/** A backend in a process of its own. */
export interface Replica {
  /** Everything that it logged. */
  readonly log: string;
  /** Ends it in the middle of whatever it does: SIGKILL. */
  kill(): Promise<void>;
  /** Ends it as it wants to be: SIGTERM. */
  stop(): Promise<void>;
}

/** Starts a replica of a portal on a PostgreSQL database. */
export async function startReplica(
  config: JsonObject,
  database: string,
): Promise<Replica> {
  const transform = require.resolve('@backstage/cli/config/nodeTransform.cjs');
  const child = spawn(
    process.execPath,
    ['--require', transform, join(__dirname, 'replica.ts')],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        // One line of JSON for each entry.
        NODE_ENV: 'production',
        LOG_LEVEL: 'debug',
        CONFIG: JSON.stringify({
          ...config,
          backend: {
            baseUrl: 'http://localhost:7007',
            listen: { host: '127.0.0.1', port: 0 },
            auth: { dangerouslyDisableDefaultAuthPolicy: true },
            database: databaseConfig(database),
          },
        }),
      },
    },
  );
  let log = '';
  const exit = new Promise<void>(resolve => {
    child.once('exit', () => resolve());
  });
  const ready = new Promise<void>((resolve, reject) => {
    const note = (text: unknown) => {
      log += text;
      if (/^ready$/m.test(log)) {
        resolve();
      }
    };
    child.stdout.on('data', note);
    child.stderr.on('data', note);
    child.once('exit', () =>
      reject(new ServiceUnavailableError(`The replica ended: ${log}`)),
    );
  });
  await ready;
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    child.kill(signal);
    await exit;
  };
  return {
    get log() {
      return log;
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}
