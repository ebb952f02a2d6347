import { execFile } from 'node:child_process';
import { ServiceUnavailableError } from '@backstage/errors';

const TIMEOUT_MS = 60_000;

/**
 * Environment for Git that sends a token to one host only and asks nobody for
 * a password. Passed by environment, so that no process list shows it.
 */
export function gitEnvironment(git: {
  url: string;
  token: string;
}): Record<string, string> {
  const basic = Buffer.from(`x-access-token:${git.token}`).toString('base64');
  return {
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${git.url}/.extraHeader`,
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
    LC_ALL: 'C',
    // A proxy that the machine may have does not know this machine's own ports.
    no_proxy: [process.env.no_proxy, 'localhost,127.0.0.1']
      .filter(Boolean)
      .join(','),
  };
}

/**
 * Runs Git and answers with what it wrote.
 *
 * @throws ServiceUnavailableError with Git's last line, which says what is wrong.
 */
export function runGit(
  args: readonly string[],
  environment: Record<string, string>,
): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      'git',
      [...args],
      {
        env: { ...process.env, ...environment },
        maxBuffer: 64 << 20,
        timeout: TIMEOUT_MS,
      },
      (error, stdout, stderr) => {
        if (!error) resolve(stdout);
        else reject(new ServiceUnavailableError(reasonOf(stderr, error)));
      },
    );
  });
}

function reasonOf(stderr: string, error: Error): string {
  const lines = stderr.trim().split('\n');
  const fatal = lines.find(line => /^(fatal|error):/.test(line));
  return (fatal ?? lines.at(-1) ?? '').trim() || error.message;
}
