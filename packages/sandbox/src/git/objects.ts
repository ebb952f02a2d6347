import { createHash } from 'node:crypto';
import { InputError } from '@backstage/errors';

/** The kinds of objects that Git stores. */
export type ObjectType = 'blob' | 'tree' | 'commit' | 'tag';

/** An object's content, without its header. */
export interface GitObject {
  readonly type: ObjectType;
  readonly body: Buffer;
}

/** One line of a tree. */
export interface TreeEntry {
  /** As Git writes it: `100644`, `100755`, `120000`, `40000` or `160000`. */
  readonly mode: string;
  readonly name: string;
  readonly sha: string;
}

/** Who did something, and when. */
export interface Signature {
  readonly name: string;
  readonly email: string;
  readonly date: Date;
}

/** What a commit says. */
export interface CommitContent {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

/** A commit that is stored. */
export interface Commit extends CommitContent {
  readonly sha: string;
}

export const TREE_MODE = '40000';
export const FILE_MODE = '100644';
/** The tree without entries, known to every Git. */
export const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
export const NO_COMMIT = '0'.repeat(40);

/** The object as stored: its header, then its content. */
export function framed({ type, body }: GitObject): Buffer {
  return Buffer.concat([Buffer.from(`${type} ${body.length}\0`), body]);
}

/** The name that Git gives to stored bytes. */
export function nameOf(framedObject: Buffer): string {
  return createHash('sha1').update(framedObject).digest('hex');
}

export function isTree(entry: TreeEntry): boolean {
  return entry.mode === TREE_MODE;
}

/** Entries in the order that Git demands: by bytes, folders as if they ended with a slash. */
export function formatTree(entries: readonly TreeEntry[]): Buffer {
  const keyed = entries.map(entry => ({
    entry,
    key: Buffer.from(isTree(entry) ? `${entry.name}/` : entry.name),
  }));
  keyed.sort((a, b) => Buffer.compare(a.key, b.key));
  return Buffer.concat(
    keyed.flatMap(({ entry }) => [
      Buffer.from(`${entry.mode} ${entry.name}\0`),
      Buffer.from(entry.sha, 'hex'),
    ]),
  );
}

export function parseTree(body: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  let at = 0;
  while (at < body.length) {
    const space = body.indexOf(0x20, at);
    const end = body.indexOf(0, space);
    entries.push({
      mode: body.toString('utf8', at, space),
      name: body.toString('utf8', space + 1, end),
      sha: body.toString('hex', end + 1, end + 21),
    });
    at = end + 21;
  }
  return entries;
}

export function formatCommit(commit: CommitContent): Buffer {
  return Buffer.from(
    [
      `tree ${commit.tree}`,
      ...commit.parents.map(parent => `parent ${parent}`),
      `author ${formatSignature(commit.author)}`,
      `committer ${formatSignature(commit.committer)}`,
      '',
      commit.message,
    ].join('\n'),
  );
}

export function parseCommit(sha: string, body: Buffer): Commit {
  const text = body.toString('utf8');
  const end = text.indexOf('\n\n');
  const headers = text.slice(0, end === -1 ? undefined : end).split('\n');
  const valuesOf = (key: string) =>
    headers
      .filter(line => line.startsWith(`${key} `))
      .map(line => line.slice(key.length + 1));
  return {
    sha,
    tree: valuesOf('tree')[0] ?? EMPTY_TREE,
    parents: valuesOf('parent'),
    author: parseSignature(valuesOf('author')[0] ?? ''),
    committer: parseSignature(valuesOf('committer')[0] ?? ''),
    message: end === -1 ? '' : text.slice(end + 2),
  };
}

/** The object that an annotated tag is put on. */
export function tagTarget(body: Buffer): string | undefined {
  return /^object ([0-9a-f]{40})$/m.exec(body.toString('utf8'))?.[1];
}

export function formatSignature({ name, email, date }: Signature): string {
  const seconds = Math.floor(date.getTime() / 1000);
  if (!Number.isFinite(seconds)) {
    throw new InputError(`The date of ${name}'s signature is not a date`);
  }
  return `${withoutBrackets(name)} <${withoutBrackets(
    email,
  )}> ${seconds} +0000`;
}

function parseSignature(text: string): Signature {
  const match = /^(.*?) ?<([^>]*)> (-?\d+)/.exec(text);
  return {
    name: match?.[1] ?? '',
    email: match?.[2] ?? '',
    date: new Date(Number(match?.[3] ?? 0) * 1000),
  };
}

function withoutBrackets(text: string): string {
  return text.replace(/[<>\n\0]/g, '').trim();
}
