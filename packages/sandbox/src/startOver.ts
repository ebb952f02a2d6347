import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ConflictError } from '@backstage/errors';

/**
 * Removes the folder of an earlier sandbox, if there is one.
 *
 * @throws ConflictError where the folder is not one of ours: nothing is removed.
 */
export function startOver(dataDir: string): void {
  if (!existsSync(dataDir) || readdirSync(dataDir).length === 0) {
    return;
  }
  if (!existsSync(path.join(dataDir, 'images.json'))) {
    throw new ConflictError(
      `${dataDir} does not look like a sandbox's folder, so it is not removed. Choose another with --data-dir <folder>, or remove it yourself.`,
    );
  }
  rmSync(dataDir, { recursive: true, force: true });
}
