import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Comparisons } from './Comparisons';
import { Lock } from './Lock';
import { ObjectStore } from './ObjectStore';
import { Refs } from './Refs';
import { readTree } from './editTree';
import {
  type Commit,
  type CommitContent,
  formatCommit,
  isTree,
  parseCommit,
  tagTarget,
  type TreeEntry,
  TREE_MODE,
} from './objects';

/** A bare repository on disk. Whoever moves its refs holds its lock. */
export class GitRepository {
  readonly folder: string;
  readonly objects: ObjectStore;
  readonly refs: Refs;
  readonly comparisons: Comparisons;
  readonly lock = new Lock();

  constructor(folder: string) {
    this.folder = folder;
    this.objects = new ObjectStore(folder);
    this.refs = new Refs(folder);
    this.comparisons = new Comparisons(folder, sha => this.commit(sha));
  }

  /** The repository's commit; undefined if there is no such object, or it is none. */
  async commit(sha: string): Promise<Commit | undefined> {
    const object = await this.objects.read(sha);
    return object?.type === 'commit'
      ? parseCommit(sha, object.body)
      : undefined;
  }

  writeCommit(content: CommitContent): Promise<string> {
    const body = formatCommit(content);
    return this.objects.write({ type: 'commit', body });
  }

  /**
   * The commit that a branch, tag, ref or (shortened) commit name stands for.
   */
  async resolve(revision: string): Promise<string | undefined> {
    const names = [
      revision,
      `refs/${revision}`,
      `refs/heads/${revision}`,
      `refs/tags/${revision}`,
    ];
    if (/^[0-9a-f]{40}$/.test(revision)) {
      const found = await this.#peeled(revision);
      if (found) return found;
    }
    for (const name of names) {
      const sha = await this.refs.read(name);
      if (sha) return this.#peeled(sha);
    }
    return /^[0-9a-f]{4,39}$/.test(revision)
      ? this.objects.expand(`${revision}^{commit}`)
      : undefined;
  }

  /** What is at a path of a commit; the empty path is the root folder. */
  async entryAt(commit: string, path: string): Promise<TreeEntry | undefined> {
    const tree = (await this.commit(commit))?.tree;
    if (!tree) return undefined;
    let entry: TreeEntry = { mode: TREE_MODE, name: '', sha: tree };
    for (const name of path.split('/').filter(Boolean)) {
      if (!isTree(entry)) return undefined;
      const entries = await readTree(this.objects, entry.sha);
      const next = entries.find(candidate => candidate.name === name);
      if (!next) return undefined;
      entry = next;
    }
    return entry;
  }

  /** The bytes of a file at a commit; undefined where there is no file. */
  async fileAt(commit: string, path: string): Promise<Buffer | undefined> {
    const entry = await this.entryAt(commit, path);
    if (!entry || isTree(entry)) return undefined;
    const object = await this.objects.read(entry.sha);
    return object?.type === 'blob' ? object.body : undefined;
  }

  /** Whether a branch may go from one commit to the other without losing any. */
  async isFastForward(from: string, to: string): Promise<boolean> {
    if (from === to || (await this.commit(to))?.parents.includes(from)) {
      return true;
    }
    return (await this.comparisons.mergeBase(from, to)) === from;
  }

  /** Names the branch that a clone checks out. */
  async setHead(branch: string): Promise<void> {
    await writeFile(join(this.folder, 'HEAD'), headOf(branch));
  }

  close(): void {
    this.objects.close();
  }

  async #peeled(sha: string): Promise<string | undefined> {
    const object = await this.objects.read(sha);
    if (object?.type === 'commit') return sha;
    const target = object?.type === 'tag' ? tagTarget(object.body) : undefined;
    return target && this.#peeled(target);
  }
}

/**
 * Makes an empty bare repository: the few files that Git takes one by,
 * without starting a process.
 */
export async function createGitRepository(
  folder: string,
  settings: { defaultBranch: string; hooksFolder: string },
): Promise<GitRepository> {
  for (const name of [
    'objects/info',
    'objects/pack',
    'refs/heads',
    'refs/tags',
  ]) {
    await mkdir(join(folder, name), { recursive: true });
  }
  await writeFile(join(folder, 'HEAD'), headOf(settings.defaultBranch));
  await writeFile(join(folder, 'config'), configOf(settings.hooksFolder));
  return new GitRepository(folder);
}

function headOf(branch: string): string {
  return `ref: refs/heads/${branch}\n`;
}

function configOf(hooksFolder: string): string {
  // Nothing tidies up behind our back; pull request refs are ours to write.
  return `[core]
	repositoryformatversion = 0
	filemode = true
	bare = true
	hooksPath = ${JSON.stringify(hooksFolder)}
	logAllRefUpdates = false
[gc]
	auto = 0
[receive]
	autogc = false
	hideRefs = refs/pull
[uploadpack]
	allowAnySHA1InWant = true
	allowFilter = true
[http]
	receivepack = true
`;
}
