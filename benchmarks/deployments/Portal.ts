import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { type Entity } from '@backstage/catalog-model';
import { type JsonObject } from '@backstage/types';
import { Agent, request } from 'undici';
import { Child } from './Child';
import { PERSON_HEADER } from './anybody';
import { pause } from './pause';
import { type PortalProcess, type System } from './portalProcess';

/** An answer that takes longer is none. */
const PATIENCE_MS = 30_000;

/** A portal's backend in a process of its own, asked as a signed-in browser asks. */
export class Portal {
  readonly system: System;
  readonly url: string;
  readonly #process: Child<PortalProcess>;
  readonly #agent = new Agent({
    connections: 64,
    headersTimeout: PATIENCE_MS,
    bodyTimeout: PATIENCE_MS,
  });
  #token = '';

  private constructor(system: System, url: string) {
    this.system = system;
    this.url = url;
    this.#process = new Child<PortalProcess>(
      path.join(__dirname, 'portalProcess.ts'),
    );
  }

  static async start(options: {
    system: System;
    entities: readonly Entity[];
    /** Teams of the people who ask. */
    teams: readonly string[];
    config: JsonObject;
    /** Whether to wait until its catalog holds the entities. */
    isFilled: boolean;
  }): Promise<Portal> {
    const { system, entities, teams, config, isFilled } = options;
    const port = await freePort();
    const portal = new Portal(system, `http://localhost:${port}`);
    await portal.#process.ask('start', {
      system,
      entities,
      config: { ...portalConfig(port, teams), ...config },
    });
    portal.#token = await portal.signIn('reader');
    const components = entities.filter(({ kind }) => kind === 'Component');
    await until(
      async () =>
        !isFilled || (await portal.#catalogued()) >= components.length,
    );
    return portal;
  }

  /** The reader's. */
  get token(): string {
    return this.#token;
  }

  /** @returns the person's token */
  async signIn(person: string): Promise<string> {
    const session = await this.#ask<{ backstageIdentity: { token: string } }>(
      'auth/anybody/refresh',
      { 'X-Requested-With': 'XMLHttpRequest', [PERSON_HEADER]: person },
    );
    return session.backstageIdentity.token;
  }

  /**
   * @param token - of who asks; the reader's where nothing is said
   * @throws TypeError for any other answer than 200
   */
  async get<T>(route: string, token: string = this.#token): Promise<T> {
    return this.#ask<T>(route, { authorization: `Bearer ${token}` });
  }

  memory() {
    return this.#process.ask('memory');
  }

  profile(seconds: number, file: string) {
    return this.#process.ask('profile', { seconds, file });
  }

  cpu() {
    return this.#process.ask('cpu');
  }

  async stop(): Promise<void> {
    await this.#process.stop();
    await this.#agent.destroy();
  }

  async #ask<T>(route: string, headers: Record<string, string>): Promise<T> {
    const { statusCode, body } = await request(`${this.url}/api/${route}`, {
      headers,
      dispatcher: this.#agent,
    });
    const text = await body.text();
    if (statusCode !== 200) {
      throw new TypeError(`${route}: ${statusCode} ${text}`);
    }
    return JSON.parse(text) as T;
  }

  async #catalogued(): Promise<number> {
    const { totalItems } = await this.get<{ totalItems: number }>(
      'catalog/entities/by-query?limit=1&filter=kind=component',
    );
    return totalItems;
  }
}

function portalConfig(port: number, teams: readonly string[]): JsonObject {
  return {
    app: { baseUrl: `http://localhost:${port}` },
    backend: {
      baseUrl: `http://localhost:${port}`,
      listen: { host: '127.0.0.1', port },
      database: { client: 'better-sqlite3', connection: ':memory:' },
    },
    auth: { providers: { anybody: { teams: [...teams] } } },
    permission: { enabled: true },
    // Once is enough: nothing of it changes while it is measured.
    catalog: { processingInterval: { hours: 24 }, orphanStrategy: 'keep' },
    events: { useEventBus: 'never' },
  };
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Looks every few milliseconds; fails after ten minutes. */
export async function until(
  isSo: () => Promise<boolean>,
  everyMs: number = 50,
): Promise<void> {
  const deadline = Date.now() + 600_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) {
      throw new TypeError(`Waited in vain: ${isSo}`);
    }
    await pause(everyMs);
  }
}
