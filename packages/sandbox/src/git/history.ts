import { gitText, runGit } from './runGit';

/** A part of a history, newest first. */
interface HistoryRequest {
  readonly start: string;
  /** Only commits that touched this file or folder. */
  readonly path?: string;
  readonly author?: string;
  readonly since?: string;
  readonly until?: string;
  readonly skip: number;
  readonly limit: number;
}

/** Names of the commits asked for. */
export async function history(
  folder: string,
  request: HistoryRequest,
): Promise<string[]> {
  const page = [`--skip=${request.skip}`, `--max-count=${request.limit}`];
  return lines(
    await gitText(folder, ['rev-list', ...page, ...filters(request)]),
  );
}

/** How many commits there are, whatever the page. */
export async function historyLength(
  folder: string,
  request: HistoryRequest,
): Promise<number> {
  const text = await gitText(folder, [
    'rev-list',
    '--count',
    ...filters(request),
  ]);
  return Number(text);
}

function filters(request: HistoryRequest): string[] {
  const { author, since, until, start, path } = request;
  return [
    ...(author ? [`--author=${author}`] : []),
    ...(since ? [`--since=${since}`] : []),
    ...(until ? [`--until=${until}`] : []),
    start,
    '--',
    ...(path ? [`:(literal)${path}`] : []),
  ];
}

/** Commits that `to` has and `from` has not, oldest first. */
export async function commitsBetween(
  folder: string,
  from: string | undefined,
  to: string,
): Promise<string[]> {
  const args = ['rev-list', '--reverse', '--topo-order', to];
  return lines(await gitText(folder, from ? [...args, `^${from}`] : args));
}

export async function mergeBase(
  folder: string,
  a: string,
  b: string,
): Promise<string | undefined> {
  const args = ['merge-base', a, b];
  const { stdout } = await runGit({ folder, args, accept: [0, 1] });
  return stdout.toString('utf8').trim() || undefined;
}

/** How far head is ahead of, and behind, base. */
export async function distance(
  folder: string,
  base: string,
  head: string,
): Promise<{ ahead: number; behind: number }> {
  const range = `${base}...${head}`;
  const text = await gitText(folder, [
    'rev-list',
    '--left-right',
    '--count',
    range,
  ]);
  const [behind = 0, ahead = 0] = text.trim().split('\t').map(Number);
  return { ahead, behind };
}

/** What a merge of two commits gives. */
export interface MergeResult {
  /** The merged tree; with conflict markers in it when there are conflicts. */
  readonly tree: string;
  readonly conflicts: readonly string[];
}

/** Merges without a work tree; nothing but objects is written. */
export async function mergeTrees(
  folder: string,
  ours: string,
  theirs: string,
): Promise<MergeResult> {
  const options = ['--write-tree', '--name-only', '--no-messages', '-z'];
  const args = ['merge-tree', ...options, ours, theirs];
  const { stdout } = await runGit({ folder, args, accept: [0, 1] });
  const [tree = '', ...conflicts] = stdout.toString('utf8').split('\0');
  return { tree, conflicts: conflicts.filter(Boolean) };
}

function lines(text: string): string[] {
  return text.split('\n').filter(Boolean);
}
