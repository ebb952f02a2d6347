import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { NotFoundError } from '@backstage/errors';
import { parseAllDocuments } from 'yaml';

/**
 * The kustomize on the PATH, else the one that the sandbox uses.
 *
 * @throws NotFoundError where there is neither: nothing would be tested.
 */
export function findKustomize(): string {
  const onPath = (process.env.PATH ?? '')
    .split(path.delimiter)
    .map(folder => path.join(folder, 'kustomize'))
    .find(existsSync);
  const found = onPath ?? findInstalled();
  if (!found) {
    throw new NotFoundError('Install kustomize: nothing can be built without');
  }
  return found;
}

/**
 * Builds a folder: the objects, by kind and name.
 */
export function build(
  kustomize: string,
  folder: string,
): ReadonlyMap<string, unknown> {
  const output = execFileSync(kustomize, ['build', folder], {
    encoding: 'utf8',
    stdio: 'pipe',
  });
  return new Map(
    parseAllDocuments(output).map(document => {
      const object = document.toJS();
      return [`${object.kind} ${object.metadata.name}`, object];
    }),
  );
}

function findInstalled(): string | undefined {
  const name = `kustomize-${process.platform}-${process.arch}`;
  try {
    const sandbox = require.resolve('@callboard/sandbox/package.json');
    const binary = createRequire(sandbox).resolve(
      `@install-binary/${name}/package.json`,
    );
    return path.join(path.dirname(binary), name);
  } catch {
    return undefined;
  }
}
