import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ServiceUnavailableError } from '@backstage/errors';
import { type JsonObject } from '@backstage/types';
import createKnex from 'knex';

/** A server of one's own, instead of the one that is started for the tests. */
const ADDRESS_VARIABLE = 'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

/** A real PostgreSQL server. @public */
export interface Postgres {
  /** A new, empty database: its address. */
  createDatabase(): Promise<string>;
  /** Ends all connections to it, as a restart of the server does. */
  disconnectAll(address: string): Promise<void>;
  /** Whether connections to it are taken. */
  allowConnections(address: string, isAllowed: boolean): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL, for tests that need a real one.
 *
 * @throws ServiceUnavailableError where it can't be run: a test that needs it
 * fails, and does not pass without it.
 *
 * @public
 */
export async function startPostgres(): Promise<Postgres> {
  const given = process.env[ADDRESS_VARIABLE];
  const server = given ? undefined : await startServer();
  const address = given ?? server?.address ?? '';
  const admin = createKnex({ client: 'pg', connection: address });
  return {
    async createDatabase() {
      const name = `test_${randomUUID().replaceAll('-', '')}`;
      await admin.raw('create database ??', [name]);
      const url = new URL(address);
      url.pathname = `/${name}`;
      return url.href;
    },
    async disconnectAll(database) {
      await admin.raw(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = ?',
        [nameOf(database)],
      );
    },
    async allowConnections(database, isAllowed) {
      await admin.raw(`alter database ?? with allow_connections ${isAllowed}`, [
        nameOf(database),
      ]);
    },
    async stop() {
      await admin.destroy();
      await server?.stop();
    },
  };
}

/** The `backend.database` block of a configuration. @public */
export function databaseConfig(address: string): JsonObject {
  return {
    client: 'pg',
    connection: address,
    // One for each plugin would be another than the given one.
    pluginDivisionMode: 'schema',
  };
}

function nameOf(address: string): string {
  return new URL(address).pathname.slice(1);
}

async function startServer() {
  const child = spawn(process.execPath, [join(__dirname, 'server.mjs')], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Not what Jest puts there for its own modules.
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const exit = new Promise<void>(resolve => {
    child.once('exit', () => resolve());
  });
  return {
    address: await readAddress(child),
    async stop() {
      child.stdin?.end();
      await exit;
    },
  };
}

function readAddress(child: ChildProcess): Promise<string> {
  const { stdout, stderr } = child;
  let complaint = '';
  stderr?.on('data', text => {
    complaint += text;
  });
  return new Promise((resolve, reject) => {
    if (stdout) {
      createInterface(stdout).once('line', line =>
        resolve(JSON.parse(line).address),
      );
    }
    child.once('exit', () =>
      reject(
        new ServiceUnavailableError(
          `PostgreSQL could not be started for this test; set ${ADDRESS_VARIABLE} to the address of a server of your own. ${complaint}`,
        ),
      ),
    );
  });
}
