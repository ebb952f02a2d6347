// `yarn verify`: every check that is not a test. Runs them all, then fails if
// one did.
import { seconds } from './output.mjs';
import { prepareTools, run } from './toolchain.mjs';

const CHECKS = [
  ['types', 'tsc'],
  ['lint', 'backstage-cli repo lint --max-warnings 0'],
  ['format', 'prettier --check --loglevel warn .'],
  ['layers', 'depcruise --config .dependency-cruiser.cjs packages plugins'],
  ['dead code', 'knip'],
  ['package metadata', 'backstage-cli repo fix --publish --check'],
  ['configuration', 'backstage-cli config:check --lax'],
  [
    'links in docs',
    'remark --frail --quiet --no-stdout --ignore-pattern templates .',
  ],
];
const AT_ONCE = 2;

/** Runs the checks; resolves to the names of those that failed. */
export async function verify({ node, env }) {
  const waiting = [...CHECKS];
  const failed = [];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [name, command] = next;
      const began = Date.now();
      try {
        await run(node, [...bin(command)], {
          env: { ...env, FORCE_COLOR: '0' },
        });
        console.log(`✓ ${name} (${seconds(began)} s)`);
      } catch (error) {
        console.log(`✗ ${name} (${seconds(began)} s)\n${error.message}\n`);
        failed.push(name);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return failed;
}

function bin(command) {
  const [name, ...args] = command.split(' ');
  return [`node_modules/.bin/${name}`, ...args];
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const failed = await verify(await prepareTools());
  process.exitCode = failed.length > 0 ? 1 : 0;
}
