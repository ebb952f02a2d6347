import {
  type DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { type Knex } from 'knex';
import { type Interval } from './Interval';
import { type Observation } from './Observation';

/** An observation, and when the replica that writes it had seen it. */
export interface SeenObservation extends Observation {
  /** ISO 8601, UTC. */
  readonly observedAt: string;
}

/** Where a page of a history ends, and the next one begins. */
export interface Position {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly fact: string;
}

interface ObservationRow {
  application: string;
  fact: string;
  kind: string;
  outcome: string;
  at: Moment;
  observed_at: Moment;
  message: string | null;
  details: string;
}

interface IntervalRow {
  id: string;
  instance: string;
  since: Moment;
  until: Moment;
  reason: string;
}

/** A time as databases answer it: PostgreSQL a `Date`, SQLite milliseconds. */
type Moment = Date | number | string;

// SQLite takes so many values in one statement at most, divided by columns.
const ROWS_AT_ONCE = 500;
/** A history has no more gaps to tell than this many intervals leave. */
const MOST_INTERVALS = 5_000;

/**
 * What was observed, and when somebody observed, in the plugin's database. It
 * is the same for all replicas.
 */
export class ObservationStore {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Brings the database's tables up to date first. */
  static async create(database: DatabaseService): Promise<ObservationStore> {
    const knex = await database.getClient();
    if (!database.migrations?.skip) {
      await knex.migrate.latest({
        directory: resolvePackagePath(
          '@callboard/backstage-plugin-gitops-backend',
          'migrations',
        ),
      });
    }
    return new ObservationStore(knex);
  }

  /**
   * Writes what nobody has written yet. A message that was not known at first
   * is added to what is there.
   *
   * @param observations - no two of the same application and fact.
   * @returns what was not there before, or had no message.
   */
  async write(
    observations: readonly SeenObservation[],
  ): Promise<readonly Pick<Observation, 'application' | 'fact'>[]> {
    // In one order for all replicas, so that they don't wait for each other in
    // a circle.
    const rows = observations.map(toRow).sort(byKey);
    const written = [];
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
      written.push(
        ...(await this.#knex<ObservationRow>('observations')
          .insert(rows.slice(from, from + ROWS_AT_ONCE))
          .onConflict(['application', 'fact'])
          .merge(['message'])
          .whereRaw(
            'observations.message is null and excluded.message is not null',
          )
          .returning(['application', 'fact'])),
      );
    }
    return written;
  }

  /**
   * What was observed of applications, newest first.
   *
   * @param before - nothing for the newest.
   */
  async read(
    applications: readonly string[],
    page: { before?: Position; limit: number },
  ): Promise<SeenObservation[]> {
    const { before, limit } = page;
    const query = this.#knex<ObservationRow>('observations')
      .whereIn('application', applications)
      .orderBy([
        { column: 'at', order: 'desc' },
        { column: 'fact', order: 'desc' },
      ])
      .limit(limit);
    if (before) {
      const at = new Date(before.at);
      void query.where(older =>
        older
          .where('at', '<', at)
          .orWhere(same =>
            same.where('at', at).andWhere('fact', '<', before.fact),
          ),
      );
    }
    return (await query).map(fromRow);
  }

  /** Begins intervals, and extends those that are there. */
  async observe(intervals: readonly Interval[]): Promise<void> {
    if (intervals.length > 0) {
      await this.#knex<IntervalRow>('observed_intervals')
        .insert(
          intervals.map(({ since, until, ...rest }) => ({
            ...rest,
            since: new Date(since),
            until: new Date(until),
          })),
        )
        .onConflict('id')
        .merge(['until']);
    }
  }

  /** When an instance was observed, latest first; ends before `from` left out. */
  async intervals(instance: string, from: string): Promise<Interval[]> {
    const rows = await this.#knex<IntervalRow>('observed_intervals')
      .where({ instance })
      .andWhere('until', '>=', new Date(from))
      .orderBy('until', 'desc')
      .limit(MOST_INTERVALS);
    return rows.map(({ since, until, reason, ...rest }) => ({
      ...rest,
      since: toIso(since),
      until: toIso(until),
      reason: reason as Interval['reason'],
    }));
  }

  /** Since when an instance has been observed, gaps excepted. */
  async observedSince(instance: string): Promise<string | undefined> {
    const first = await this.#knex<IntervalRow>('observed_intervals')
      .where({ instance })
      .min({ since: 'since' })
      .first();
    const since: Moment | null | undefined = first?.since;
    return since === null || since === undefined ? undefined : toIso(since);
  }

  /**
   * Forgets what happened before a time.
   *
   * @returns how many observations that were.
   */
  async forgetBefore(time: string): Promise<number> {
    const before = new Date(time);
    await this.#knex<IntervalRow>('observed_intervals')
      .where('until', '<', before)
      .delete();
    return this.#knex<ObservationRow>('observations')
      .where('at', '<', before)
      .delete();
  }
}

function toRow(observation: SeenObservation): ObservationRow {
  const { application, fact, at, observedAt, message, what } = observation;
  const { kind, outcome, ...details } = what;
  return {
    application,
    fact,
    kind,
    outcome,
    at: new Date(at),
    observed_at: new Date(observedAt),
    message: message ?? null,
    details: JSON.stringify(details),
  };
}

function fromRow(row: ObservationRow): SeenObservation {
  const { application, fact, kind, outcome, message } = row;
  return {
    application,
    fact,
    at: toIso(row.at),
    observedAt: toIso(row.observed_at),
    ...(message && { message }),
    // As `toRow` wrote it.
    what: { kind, outcome, ...JSON.parse(row.details) } as Observation['what'],
  };
}

function byKey(a: ObservationRow, b: ObservationRow): number {
  if (a.application !== b.application) {
    return a.application < b.application ? -1 : 1;
  }
  return a.fact < b.fact ? -1 : 1;
}

function toIso(moment: Moment): string {
  return new Date(moment).toISOString();
}
