import { spawn } from 'node:child_process';
import { devNull } from 'node:os';
import { ServiceUnavailableError } from '@backstage/errors';
import { GitShells } from './GitShells';

/** How a run of Git ended. */
interface GitResult {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Where and with what Git runs. */
interface GitRun {
  readonly folder: string;
  readonly args: readonly string[];
  readonly input?: Buffer;
  /** Exit codes that are answers, not failures; 0 unless told. */
  readonly accept?: readonly number[];
}

/** What each run of Git gets, so that nobody's own settings change the answer. */
export const gitEnvironment: NodeJS.ProcessEnv = {
  ...withoutGitVariables(process.env),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: devNull,
  // The data folder is ours whoever the file system says owns it.
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: 'safe.directory',
  GIT_CONFIG_VALUE_0: '*',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
};

const shells = new GitShells(gitEnvironment);

/**
 * Runs Git in a bare repository.
 *
 * @throws ServiceUnavailableError when Git fails, with what it said.
 */
export async function runGit(run: GitRun): Promise<GitResult> {
  const result = await gitResult(run);
  if (!(run.accept ?? [0]).includes(result.code)) {
    throw new ServiceUnavailableError(
      `git ${run.args[0]} failed (${result.code}): ${result.stderr.trim()}`,
    );
  }
  return result;
}

/** Runs Git and answers with the text it wrote. */
export async function gitText(
  folder: string,
  args: readonly string[],
): Promise<string> {
  const { stdout } = await runGit({ folder, args });
  return stdout.toString('utf8');
}

/** Through a shell that waits for that; what needs input gets its own process. */
async function gitResult(run: GitRun): Promise<GitResult> {
  if (run.input) return spawnGit(run);
  return shells.run(run.folder, ['git', ...run.args]);
}

function spawnGit(run: GitRun): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const git = spawn('git', [...run.args], {
      cwd: run.folder,
      env: { ...gitEnvironment, GIT_DIR: run.folder },
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    git.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    git.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    // A Git that ends early closes its input; its exit code tells the story.
    git.stdin.on('error', () => undefined);
    git.on('error', error =>
      reject(new ServiceUnavailableError(`git cannot run: ${error.message}`)),
    );
    git.on('close', code =>
      resolve({
        code: code ?? -1,
        stdout: Buffer.concat(stdout),
        stderr: Buffer.concat(stderr).toString('utf8'),
      }),
    );
    git.stdin.end(run.input);
  });
}

function withoutGitVariables(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !name.startsWith('GIT_')),
  );
}
