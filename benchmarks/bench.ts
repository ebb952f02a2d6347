/**
 * `yarn bench`: measures, prints the tables, and writes them into
 * docs/performance.md. With `--quick` it measures less, and only prints.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Section } from './Section';
import { measureDeployments } from './deployments/measureDeployments';
import { FULL, QUICK } from './deployments/settings';
import { measureRegistrations } from './registrations';
import { writeSections } from './writeSections';

const PAGE = path.resolve(__dirname, '../docs/performance.md');

const { values: options, positionals: only } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false } },
});

const BENCHMARKS: Record<string, () => AsyncGenerator<Section>> = {
  registrations: measureRegistrations,
  deployments: () => measureDeployments(options.quick ? QUICK : FULL, say),
};

async function main(): Promise<void> {
  const names = only.length > 0 ? only : Object.keys(BENCHMARKS);
  const unknown = names.find(name => !BENCHMARKS[name]);
  if (unknown) {
    throw new TypeError(
      `There is no benchmark ${unknown}. There are: ${Object.keys(
        BENCHMARKS,
      ).join(', ')}.`,
    );
  }
  for (const name of names) {
    say(`— ${name}`);
    for await (const section of BENCHMARKS[name]?.() ?? []) {
      say(`\n${section.markdown}\n`);
      if (!options.quick) {
        await writeSections(PAGE, [section]);
      }
    }
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

main().then(
  () => process.exit(0),
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
