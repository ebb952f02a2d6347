import { InputError } from '@backstage/errors';

/**
 * A repository in a Git hosting of GitHub's kind.
 */
export interface RepositoryAddress {
  /** With its port, where it has one: `localhost:7080`. */
  readonly host: string;
  readonly owner: string;
  readonly name: string;
  /** Web address, without `.git` and without a slash at the end. */
  readonly url: string;
}

/**
 * Reads a repository's web address; what follows its name (`/tree/main/…`) does
 * not matter.
 *
 * @throws InputError where it is none.
 */
export function parseRepositoryAddress(text: string): RepositoryAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const [owner, rawName] = url?.pathname.split('/').filter(Boolean) ?? [];
  const name = rawName?.replace(/\.git$/, '');
  if (!url || !/^https?:$/.test(url.protocol) || !owner || !name) {
    throw new InputError(
      'A repository has to be named by its web address: https://<host>/<owner>/<name>',
    );
  }
  if (url.username || url.password) {
    throw new InputError(
      'The address of a repository must not contain credentials',
    );
  }
  return { host: url.host, owner, name, url: `${url.origin}/${owner}/${name}` };
}
