import { ServiceUnavailableError } from '@backstage/errors';
import { gitText } from './runGit';

/** `git merge-tree --write-tree` came with this version. */
const NEEDED = { major: 2, minor: 38 };

/**
 * Looks whether the machine's Git can do what a Git hosting needs.
 *
 * @throws ServiceUnavailableError that says which version is needed.
 */
export async function checkGit(folder: string): Promise<void> {
  const text = await gitText(folder, ['version']);
  const [major = 0, minor = 0] = (/\d+\.\d+/.exec(text)?.[0] ?? '')
    .split('.')
    .map(Number);
  const fits =
    major > NEEDED.major || (major === NEEDED.major && minor >= NEEDED.minor);
  if (!fits) {
    throw new ServiceUnavailableError(
      `The sandbox needs Git ${NEEDED.major}.${
        NEEDED.minor
      } or newer; found ${text.trim()}`,
    );
  }
}
