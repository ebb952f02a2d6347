import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unifiedDiff } from './unifiedDiff';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diff-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** What Git makes of a text with the diff. */
function apply(before: string, diff: string): string {
  const file = join(folder, 'file');
  writeFileSync(file, before);
  execFileSync('git', ['apply', '--unidiff-zero', '-'], {
    cwd: folder,
    input: `--- a/file\n+++ b/file\n${diff}`,
    stdio: 'pipe',
  });
  return readFileSync(file, 'utf8');
}

const LONG = Array.from({ length: 5_000 }, (_, index) => `  - apps/${index}\n`);

describe('unifiedDiff', () => {
  it('tells the lines that change and no others', () => {
    const before = 'resources:\n  - a\n  - c\n  - e # last\n';
    const after = 'resources:\n  - a\n  - b\n  - c\n  - d\n  - e # last\n';

    expect(unifiedDiff(before, after)).toBe(
      '@@ -2,0 +3,1 @@\n+  - b\n@@ -3,0 +5,1 @@\n+  - d\n',
    );
  });

  it.each([
    [
      'a new file',
      null,
      'a\nb',
      '@@ -0,0 +1,2 @@\n+a\n+b\n\\ No newline at end of file\n',
    ],
    ['a removed file', 'a\n', null, '@@ -1,1 +0,0 @@\n-a\n'],
    ['nothing', 'a\nb\n', 'a\nb\n', ''],
    ['nothing of nothing', null, null, ''],
  ])('tells of %s', (...row) => {
    const [, before, after, diff] = row;

    expect(unifiedDiff(before, after)).toBe(diff);
  });

  it.each([
    ['a line more at the end', 'a\nb\n', 'a\nb\nc\n'],
    ['a line more at the beginning', 'a\nb\n', 'c\na\nb\n'],
    ['a line less', 'a\nb\nc\n', 'a\nc\n'],
    ['a changed line', 'a\nb\nc\n', 'a\nB\nc\n'],
    ['a line break more at the end', 'a\nb', 'a\nb\n'],
    ['a line break less at the end', 'a\nb\n', 'a\nb'],
    ['lines that repeat', 'a\na\nb\na\n', 'a\nb\na\na\nb\n'],
    ['line breaks of Windows', 'a\r\nb\r\n', 'a\r\nc\r\nb\r\n'],
    ['another order', 'a\nb\nc\nd\n', 'd\nc\nb\na\n'],
    ['everything', 'a\nb\n', 'c\nd\ne\n'],
    [
      'both ends of a long file',
      LONG.join(''),
      ['first\n', ...LONG.slice(1), 'last\n'].join(''),
    ],
  ])('is what Git reads: %s', (_, before, after) => {
    expect(apply(before, unifiedDiff(before, after))).toBe(after);
  });
});
