import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { type Postgres, startPostgres } from '@callboard/sandbox';
import createKnex, { type Knex } from 'knex';
import { ObservationStore } from '../ObservationStore';

/** What the plugin's database may be. */
export const DATABASES = ['SQLite', 'PostgreSQL'] as const;

/** Real databases for the tests of a file; to be created at its top. */
export class Databases {
  readonly #sqlite = TestDatabases.create({ ids: ['SQLITE_3'] });
  #postgres: Postgres | undefined;
  readonly #opened: Knex[] = [];

  constructor() {
    beforeAll(async () => {
      this.#postgres = await startPostgres();
    });
    afterAll(async () => {
      await Promise.all(this.#opened.map(knex => knex.destroy()));
      await this.#postgres?.stop();
    });
  }

  get postgres(): Postgres {
    if (!this.#postgres) {
      throw new TypeError('PostgreSQL runs within tests only');
    }
    return this.#postgres;
  }

  /** A new, empty database. */
  async create(kind: (typeof DATABASES)[number]): Promise<Knex> {
    return kind === 'SQLite'
      ? this.#sqlite.init('SQLITE_3')
      : this.connect(await this.postgres.createDatabase());
  }

  connect(address: string): Knex {
    const knex = createKnex({ client: 'pg', connection: address });
    this.#opened.push(knex);
    return knex;
  }
}

/** A store on the database, as a replica of its own has it. */
export function openStore(knex: Knex): Promise<ObservationStore> {
  return ObservationStore.create(
    mockServices.database({ knex, migrations: { skip: false } }),
  );
}
