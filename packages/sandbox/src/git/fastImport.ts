import { FILE_MODE, formatSignature, type Signature } from './objects';
import { runGit } from './runGit';

/** A commit to be made on top of the one before it. */
interface ImportCommit {
  readonly message: string;
  readonly author: Signature;
  /** Text by path; `null` removes the file. */
  readonly files: Readonly<Record<string, string | null>>;
}

/** Writes a whole history with one process. */
export async function fastImport(
  folder: string,
  branch: string,
  commits: readonly ImportCommit[],
): Promise<void> {
  const parts = commits.flatMap(commit => commandsFor(branch, commit));
  const input = Buffer.concat([...parts, Buffer.from('done\n')]);
  await runGit({ folder, args: ['fast-import', '--quiet', '--done'], input });
}

function commandsFor(branch: string, commit: ImportCommit): Buffer[] {
  const who = formatSignature(commit.author);
  return [
    Buffer.from(
      `commit refs/heads/${branch}\nauthor ${who}\ncommitter ${who}\n`,
    ),
    ...data(commit.message),
    ...Object.entries(commit.files).flatMap(([path, text]) =>
      text === null
        ? [Buffer.from(`D ${quoted(path)}\n`)]
        : [
            Buffer.from(`M ${FILE_MODE} inline ${quoted(path)}\n`),
            ...data(text),
          ],
    ),
    Buffer.from('\n'),
  ];
}

function data(text: string): Buffer[] {
  const bytes = Buffer.from(text);
  return [Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')];
}

function quoted(path: string): string {
  return JSON.stringify(path);
}
