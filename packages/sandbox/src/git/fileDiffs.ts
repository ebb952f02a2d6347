import { EMPTY_TREE } from './objects';
import { gitText } from './runGit';

/** What happened to one file, with its patch. */
export interface FileDiff {
  readonly path: string;
  readonly previousPath?: string;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'changed';
  /** Blob after the change; before it for a removed file. */
  readonly sha: string;
  readonly additions: number;
  readonly deletions: number;
  /** From the first `@@`; missing for binary files and pure renames. */
  readonly patch?: string;
}

const STATUS: Record<string, FileDiff['status']> = {
  A: 'added',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  T: 'changed',
};

const OPTIONS = ['diff-tree', '-r', '-M', '-p', '--no-color'];

/** Compares two commits or trees; undefined stands for nothing at all. */
export async function fileDiffs(
  folder: string,
  from: string | undefined,
  to: string,
): Promise<FileDiff[]> {
  const facts = ['-z', '--raw', '--numstat'];
  const args = [...OPTIONS, ...facts, from ?? EMPTY_TREE, to];
  const text = await gitText(folder, args);
  // An empty field stands between the facts and the patches.
  const end = text.indexOf('\0\0diff --git ');
  const { files, counts } = parseSummary(end < 0 ? text : text.slice(0, end));
  const patches = end < 0 ? '' : text.slice(end + 2);
  const sections = patches.split(/^(?=diff --git )/m);
  return files.map((file, index) => {
    const section = sections.shift() ?? '';
    // A file that becomes a link is removed and added: two patches.
    if (file.status === 'changed') sections.shift();
    const start = section.search(/^@@ /m);
    return {
      ...file,
      additions: counts[index]?.additions ?? 0,
      deletions: counts[index]?.deletions ?? 0,
      ...(start >= 0 && { patch: section.slice(start).replace(/\n$/, '') }),
    };
  });
}

/** The whole difference as one text, as `git diff` prints it. */
export function patchText(
  folder: string,
  from: string | undefined,
  to: string,
): Promise<string> {
  return gitText(folder, [...OPTIONS, from ?? EMPTY_TREE, to]);
}

type Changed = Omit<FileDiff, 'additions' | 'deletions' | 'patch'>;
type Counts = Pick<FileDiff, 'additions' | 'deletions'>;

/** Raw lines come first (`:modes shas status NUL path NUL`), then the counts. */
function parseSummary(text: string): { files: Changed[]; counts: Counts[] } {
  const fields = text.split('\0');
  const files: Changed[] = [];
  const counts: Counts[] = [];
  let at = 0;
  while (at < fields.length && fields[at] !== '') {
    const field = fields[at] ?? '';
    const renamed = field.startsWith(':')
      ? /[RC]\d*$/.test(field)
      : field.endsWith('\t');
    if (field.startsWith(':')) {
      const paths = fields.slice(at + 1, at + (renamed ? 3 : 2));
      files.push(parseRaw(field, paths));
      at += renamed ? 3 : 2;
    } else {
      const [added = '0', deleted = '0'] = field.split('\t');
      counts.push({ additions: count(added), deletions: count(deleted) });
      at += renamed ? 3 : 1;
    }
  }
  return { files, counts };
}

function parseRaw(field: string, paths: string[]): Changed {
  const [, , before = '', after = '', letter = 'M'] = field.split(' ');
  const status = STATUS[letter.charAt(0)] ?? 'changed';
  return {
    path: paths.at(-1) ?? '',
    ...(paths.length > 1 && { previousPath: paths[0] }),
    status,
    sha: status === 'removed' ? before : after,
  };
}

/** Git counts `-` for binary files. */
function count(text: string): number {
  return text === '-' ? 0 : Number(text);
}
