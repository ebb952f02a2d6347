import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

const FILE_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/**
 * Whether building this folder fetches something that may change although the
 * folder does not: a remote resource that is not pinned to a full commit.
 */
export async function hasFloatingBase(folder: string): Promise<boolean> {
  return visit(resolve(folder), new Set());
}

/** The text of a folder's kustomization; undefined where it has none. */
export async function readKustomization(
  folder: string,
): Promise<string | undefined> {
  for (const name of FILE_NAMES) {
    const text = await readFile(join(folder, name), 'utf8').catch(
      () => undefined,
    );
    if (text !== undefined) return text;
  }
  return undefined;
}

async function visit(folder: string, seen: Set<string>): Promise<boolean> {
  if (seen.has(folder)) return false;
  seen.add(folder);
  const text = await readKustomization(folder);
  if (text === undefined) return false;
  for (const entry of entriesOf(text)) {
    if (isRemote(entry)) {
      if (!/[?&](ref|version)=[0-9a-f]{40}(&|$)/.test(entry)) return true;
    } else if (await visit(resolve(folder, entry), seen)) {
      return true;
    }
  }
  return false;
}

function entriesOf(text: string): string[] {
  const parsed = safely(() => parse(text) as Record<string, unknown> | null);
  return ['resources', 'bases', 'components'].flatMap(field => {
    const list = parsed?.[field];
    return Array.isArray(list)
      ? list.filter(entry => typeof entry === 'string')
      : [];
  });
}

/** kustomize says more precisely what is wrong with a file than we would. */
function safely<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function isRemote(entry: string): boolean {
  return (
    /^(https?|ssh|file|git):/.test(entry) ||
    /^git(::|@)/.test(entry) ||
    entry.startsWith('github.com/')
  );
}
