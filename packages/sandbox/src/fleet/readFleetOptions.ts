import { InputError } from '@backstage/errors';
import { type FleetOptions } from './Fleet';
import { FLEET_LIMITS } from './FleetLimits';

/** The command line's words for a fleet. */
interface FleetFlags {
  applications?: string;
  instances?: string;
  'events-per-second'?: string;
}

/**
 * The fleet that the command line asks for; undefined where it asks for none.
 *
 * @throws InputError for a number that is none, and for flags that only make
 * sense together with `--applications`
 */
export function readFleetOptions(flags: FleetFlags): FleetOptions | undefined {
  const { applications, instances, 'events-per-second': events } = flags;
  if (applications === undefined) {
    const [lonely] = Object.entries(flags).filter(
      ([, value]) => value !== undefined,
    );
    if (!lonely) return undefined;
    throw new InputError(
      `--${lonely[0]} is about a fleet: say how many applications it has with --applications <number>`,
    );
  }
  return {
    applications: readNumber(
      '--applications',
      applications,
      FLEET_LIMITS.applications,
    ),
    instances: readNumber(
      '--instances',
      instances ?? '1',
      FLEET_LIMITS.instances,
    ),
    eventsPerSecond: readNumber(
      '--events-per-second',
      events ?? '0',
      FLEET_LIMITS.eventsPerSecond,
    ),
  };
}

function readNumber(
  flag: string,
  text: string,
  [least, most]: readonly [number, number],
): number {
  const value = Number(text);
  const isNumber = text.trim() !== '' && Number.isInteger(value);
  if (!isNumber || value < least || value > most) {
    throw new InputError(
      `${flag} ${text} is not a whole number from ${least} to ${most}`,
    );
  }
  return value;
}
