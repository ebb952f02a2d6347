import { type Moment } from './DemoService';

/** A commit to begin a repository's history with. */
export interface SeedCommit {
  readonly message: string;
  /** Login. */
  readonly author: string;
  /** ISO 8601. */
  readonly at: string;
  /** Text by path; `null` removes the file. */
  readonly files: Record<string, string | null>;
}

/** A repository as it is when the sandbox starts for the first time. */
export interface SeedRepository {
  readonly name: string;
  readonly description: string;
  readonly commits: SeedCommit[];
}

/** The moment, counted back from the day that the demo begins on. */
export function instant(today: Date, moment: Moment, laterMinutes = 0): string {
  const [hours = 0, minutes = 0] = moment.time.split(':').map(Number);
  const at = new Date(today);
  at.setUTCHours(0, 0, 0, 0);
  at.setUTCDate(at.getUTCDate() - moment.daysAgo);
  at.setUTCHours(hours, minutes + laterMinutes);
  return at.toISOString();
}
