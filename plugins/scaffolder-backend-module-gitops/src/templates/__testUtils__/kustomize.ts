import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { NotFoundError } from '@backstage/errors';
import { type IDeployment } from 'kubernetes-models/apps/v1';
import { type IService } from 'kubernetes-models/v1';
import { parseAllDocuments } from 'yaml';

/** What kustomize renders of a service, by kind. */
interface Rendered {
  readonly Deployment: IDeployment;
  readonly Service: IService;
}

/**
 * The programs that the skeleton must build with: npm's 4.5.4, which is the
 * oldest that people have, and what is on the PATH.
 */
export function kustomizes(): string[] {
  const found = [installed(), onPath()].filter(
    program => program !== undefined,
  );
  if (found.length === 0) {
    throw new NotFoundError('Install kustomize: nothing can be built without');
  }
  return found;
}

/** The objects of an overlay. */
export function build(program: string, overlay: string): Rendered {
  const text = execFileSync(program, ['build', overlay], { encoding: 'utf-8' });
  const objects = parseAllDocuments(text).map(document => document.toJS());
  return Object.fromEntries(objects.map(object => [object.kind, object]));
}

function installed(): string | undefined {
  const name = `kustomize-${process.platform}-${process.arch}`;
  try {
    const manifest = require.resolve(`@install-binary/${name}/package.json`);
    return join(dirname(manifest), name);
  } catch {
    return undefined;
  }
}

function onPath(): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter(folder => folder !== '' && !folder.includes('node_modules'))
    .map(folder => join(folder, 'kustomize'))
    .find(program => existsSync(program));
}
