import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGitRepository, type GitRepository } from './GitRepository';
import { editTree } from './editTree';
import { EMPTY_TREE } from './objects';
import { gitText } from './runGit';

describe('a repository written without Git', () => {
  let folder: string;
  let git: GitRepository;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'callboard-repository-'));
    const settings = { defaultBranch: 'main', hooksFolder: join(folder, 'no') };
    git = await createGitRepository(join(folder, 'x.git'), settings);
  });

  afterEach(async () => {
    git.close();
    await rm(folder, { recursive: true, force: true });
  });

  function ask(...args: string[]): Promise<string> {
    return gitText(git.folder, args);
  }

  let clock = 1_700_000_000_000;

  async function commit(
    files: Record<string, string | null>,
    ...parents: string[]
  ): Promise<string> {
    const [first] = parents;
    const base = first && (await git.commit(first))?.tree;
    const edits = Object.entries(files).map(async ([path, text]) => {
      if (text === null) return { path, entry: null };
      const body = Buffer.from(text);
      const sha = await git.objects.write({ type: 'blob', body });
      return { path, entry: { mode: '100644', sha } };
    });
    const tree = await editTree(
      git.objects,
      base || EMPTY_TREE,
      await Promise.all(edits),
    );
    clock += 1000;
    const who = { name: 'Maya', email: 'm@x.test', date: new Date(clock) };
    const message = `Änderung ${clock}`;
    return git.writeCommit({
      tree,
      parents,
      message,
      author: who,
      committer: who,
    });
  }

  it('is sound to Git, folders sorted as Git sorts them', async () => {
    const sha = await commit({
      'a/b.txt': 'one\n',
      'a.txt': 'two\n',
      'a-b': 'three\n',
      a0: 'four\n',
      'ü/ß.txt': 'five\n',
    });
    await git.refs.move({ name: 'refs/heads/main', from: undefined, to: sha });
    expect(await ask('fsck', '--strict', '--full')).not.toMatch(
      /error|warning/,
    );
    expect(
      await ask(
        '-c',
        'core.quotepath=off',
        'ls-tree',
        '-r',
        '--name-only',
        sha,
      ),
    ).toBe('a-b\na.txt\na/b.txt\na0\nü/ß.txt\n');
    expect(await ask('log', '-1', '--format=%an %ae %at %s', 'main')).toBe(
      `Maya m@x.test ${clock / 1000} Änderung ${clock}\n`,
    );
  });

  it('reads what Git has packed', async () => {
    const first = await commit({ 'deep/er/file': 'text\n' });
    await git.refs.move({
      name: 'refs/heads/main',
      from: undefined,
      to: first,
    });
    await ask('gc', '-q', '--prune=now');
    await ask('pack-refs', '--all');
    const again = await createGitRepository(join(folder, 'other.git'), {
      defaultBranch: 'main',
      hooksFolder: folder,
    });
    again.close();
    expect(await git.refs.read('refs/heads/main')).toBe(first);
    expect(await git.refs.list('refs/heads/')).toHaveLength(1);
    expect(String(await git.fileAt(first, 'deep/er/file'))).toBe('text\n');
    expect(await git.resolve(first.slice(0, 8))).toBe(first);
    await git.refs.remove('refs/heads/main', first);
    expect(await git.refs.read('refs/heads/main')).toBeUndefined();
  });

  it('drops folders with their last file', async () => {
    const first = await commit({ 'a/b/c': 'x', d: 'y' });
    const second = await commit({ 'a/b/c': null }, first);
    expect(await ask('ls-tree', '--name-only', second)).toBe('d\n');
  });

  it('finds the same common ancestors and new commits as Git', async () => {
    const root = await commit({ a: '1' });
    const left = await commit({ b: '1' }, root);
    const right = await commit({ c: '1' }, root);
    const merged = await commit({ d: '1' }, left, right);
    const ahead = await commit({ e: '1' }, right);
    const crossed = await commit({ f: '1' }, ahead, merged);
    const lone = await commit({ g: '1' });
    const all = [root, left, right, merged, ahead, crossed, lone];
    for (const a of all) {
      for (const b of all) {
        const base = await git.comparisons.mergeBase(a, b);
        const theirs = await ask('merge-base', a, b).catch(() => '');
        expect(base ?? '').toBe(theirs.trim());
        const between = await ask('rev-list', b, `^${a}`);
        expect((await git.comparisons.commits(a, b)).sort()).toEqual(
          between.split('\n').filter(Boolean).sort(),
        );
      }
    }
  });

  it('lets one of two writers move a ref, and never names outside of refs', async () => {
    const [a, b] = [await commit({ a: '1' }), await commit({ a: '2' })];
    const name = 'refs/heads/main';
    const moves = await Promise.allSettled([
      git.refs.move({ name, from: undefined, to: a }),
      git.refs.move({ name, from: undefined, to: b }),
    ]);
    expect(moves.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
    for (const bad of [
      'refs/heads/../../config',
      'HEAD',
      'refs/heads/a.lock',
    ]) {
      const move = git.refs.move({ name: bad, from: undefined, to: a });
      await expect(move).rejects.toThrow(/not a name for a ref/);
    }
    const below = { name: `${name}/x`, from: undefined, to: a };
    await expect(git.refs.move(below)).rejects.toThrow(/in the way/);
  });
});
