import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** How a program ended, and what it said. */
interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/**
 * Runs a program in a folder, free of what npm and Git tell their children about
 * this repository.
 */
export async function run(
  command: readonly [string, ...string[]],
  options: {
    cwd: string;
    env?: Readonly<Record<string, string>>;
    input?: string;
  },
): Promise<Ended> {
  const [program, ...args] = command;
  const inherited = Object.entries(process.env).filter(
    ([key]) => !/^(npm_|GIT_|NODE_OPTIONS$)/i.test(key),
  );
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { ...Object.fromEntries(inherited), ...options.env },
  });
  child.stdin.end(options.input);
  const said: Buffer[] = [];
  child.stdout.on('data', chunk => said.push(chunk));
  child.stderr.on('data', chunk => said.push(chunk));
  const [code] = await once(child, 'close');
  return { code, output: Buffer.concat(said).toString('utf-8') };
}
