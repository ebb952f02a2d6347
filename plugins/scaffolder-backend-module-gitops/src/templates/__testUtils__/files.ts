import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** Text of files by their path in a folder. */
export type Files = Readonly<Record<string, string>>;

/** The folder of the software templates. */
export const TEMPLATES = resolve(__dirname, '../../../../../templates');

/** All files of a folder and the folders in it. */
export function readFiles(folder: string): Files {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      .filter(path => !path.includes('node_modules'))
      .map(path => [
        path.slice(folder.length + 1),
        readFileSync(path, 'utf-8'),
      ]),
  );
}

/** Writes the files into a folder. */
export async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}
