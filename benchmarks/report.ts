import os from 'node:os';

/** Prints measurements as a table, with the machine they were made on. */
export function report(
  title: string,
  rows: readonly (readonly [what: string, value: string])[],
): void {
  const width = Math.max(...rows.map(([what]) => what.length));
  const machine = `Node ${process.versions.node}, ${os.cpus().length} cores`;
  const lines = rows.map(([what, value]) => `${what.padEnd(width)}  ${value}`);
  process.stdout.write(`\n${title} (${machine})\n${lines.join('\n')}\n`);
}
