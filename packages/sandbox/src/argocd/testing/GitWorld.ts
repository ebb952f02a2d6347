import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Real bare repositories in a folder, written by commits, read by their file address. */
export class GitWorld {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  url(name: string): string {
    return `file://${join(this.#folder, `${name}.git`)}`;
  }

  /** Commits to main and answers with the SHA; `null` removes a file. */
  commit(name: string, files: Record<string, string | null>): string {
    const bare = join(this.#folder, `${name}.git`);
    const work = join(this.#folder, name);
    const git = (...args: string[]) =>
      execFileSync('git', args, { cwd: work, encoding: 'utf8' }).trim();
    if (mkdirSync(work, { recursive: true })) {
      git('init', '-q', '-b', 'main');
      git('init', '-q', '--bare', '-b', 'main', bare);
    }
    for (const [path, text] of Object.entries(files)) {
      const file = join(work, path);
      if (text === null) rmSync(file);
      else {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
      }
    }
    git('add', '-A');
    git(
      ...['-c', 'user.name=Maya Okafor', '-c', 'user.email=maya@acme.test'],
      ...['commit', '-q', '-m', `Change ${Object.keys(files).join(', ')}`],
    );
    git('push', '-q', bare, 'main');
    return git('rev-parse', 'HEAD');
  }
}
