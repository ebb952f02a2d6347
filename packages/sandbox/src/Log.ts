/**
 * Where a part of the sandbox says what it does, one line at a time.
 *
 * @public
 */
export type Log = (message: string) => void;

/** The same log, each line beginning with the part's name. */
export function labelled(log: Log, part: string): Log {
  return message => log(`${part.padEnd(7)} ${message}`);
}
