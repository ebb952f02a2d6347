import { z } from 'zod';
import { editTree, readTree } from '../../git/editTree';
import {
  EMPTY_TREE,
  FILE_MODE,
  isTree,
  type TreeEntry,
} from '../../git/objects';
import { type HostedRepository } from '../Repositories';
import { type Site } from '../Site';
import { ApiError, notFound } from '../http/ApiError';
import { type Call, bodyOf, mediaOf, param, query } from '../http/Call';
import { type Reply, created, ok } from '../http/Reply';
import { type Route } from '../http/Router';
import { encodePath, gitCommit } from '../shapes/commit';
import { repositoryApi, repositoryPage } from '../shapes/repository';
import { type Writing, readable, writable } from './access';
import { signatures } from './signatures';

const CONTENTS = '/repos/{owner}/{repo}/contents/{path}';

const PERSON = z
  .object({ name: z.string(), email: z.string(), date: z.string().optional() })
  .optional();

const FILE_CHANGE = z.object({
  message: z.string(),
  content: z.string().optional(),
  sha: z.string().optional(),
  branch: z.string().optional(),
  author: PERSON,
  committer: PERSON,
});

/** Files and folders by path. */
export function contentRoutes(site: Site): Route[] {
  return [
    { operation: `GET ${CONTENTS}`, handle: c => getContent(site, c) },
    { operation: `PUT ${CONTENTS}`, handle: c => putContent(site, c) },
    { operation: `DELETE ${CONTENTS}`, handle: c => deleteContent(site, c) },
  ];
}

/** Where content is found: its place, and what is there. */
interface Located {
  readonly repository: HostedRepository;
  /** As asked for: a branch, a tag or a commit. */
  readonly ref: string;
  readonly path: string;
  readonly entry: TreeEntry;
}

async function getContent(site: Site, call: Call): Promise<Reply> {
  const repository = readable(site, call);
  const { record, git } = repository;
  if (record.empty) throw new ApiError(404, 'This repository is empty.');
  const ref = query(call, 'ref') ?? record.defaultBranch;
  const commit = await git.resolve(ref);
  if (!commit) throw new ApiError(404, `No commit found for the ref ${ref}`);
  const path = param(call, 'path').replace(/^\/+|\/+$/g, '');
  const entry = await git.entryAt(commit, path);
  if (!entry) throw notFound();
  const located = { repository, ref, path, entry };
  if (isTree(entry)) return ok(await listFolder(site, located));
  const blob = await git.objects.read(entry.sha);
  if (!blob) throw notFound();
  if (mediaOf(call) === 'raw') {
    return { status: 200, body: blob.body, headers: rawHeaders(entry.sha) };
  }
  return ok(fileShape(site, located, blob.body));
}

function rawHeaders(sha: string): Record<string, string> {
  return {
    etag: `"${sha}"`,
    'content-type': 'application/vnd.github.raw; charset=utf-8',
  };
}

async function listFolder(site: Site, located: Located): Promise<object[]> {
  const { objects } = located.repository.git;
  const entries = await readTree(objects, located.entry.sha);
  return Promise.all(
    entries.map(async entry => {
      const path = located.path ? `${located.path}/${entry.name}` : entry.name;
      const size = isTree(entry)
        ? 0
        : (await objects.read(entry.sha))?.body.length ?? 0;
      return { ...entryShape(site, { ...located, path, entry }), size };
    }),
  );
}

/** Schema `content-file`. */
function fileShape(site: Site, located: Located, body: Buffer): object {
  const base64 = body.toString('base64').replace(/(.{60})/g, '$1\n');
  return {
    ...entryShape(site, located),
    size: body.length,
    content: base64.endsWith('\n') ? base64 : `${base64}\n`,
    encoding: 'base64',
  };
}

function entryShape(site: Site, { repository, ref, path, entry }: Located) {
  const { record } = repository;
  const api = repositoryApi(site, record);
  const page = repositoryPage(site, record);
  const folder = isTree(entry);
  const encoded = encodePath(path);
  const at = encodeURIComponent(ref);
  const url = `${api}/contents/${encoded}?ref=${at}`;
  const git = `${api}/git/${folder ? 'trees' : 'blobs'}/${entry.sha}`;
  const html = `${page}/${folder ? 'tree' : 'blob'}/${encodePath(
    ref,
  )}/${encoded}`;
  return {
    name: path.split('/').at(-1) ?? '',
    path,
    sha: entry.sha,
    type: folder ? 'dir' : 'file',
    url,
    git_url: git,
    html_url: html,
    download_url: folder
      ? null
      : `${site.url}/raw/${record.owner}/${record.name}/${encodePath(
          ref,
        )}/${encoded}`,
    _links: { self: url, git, html },
  };
}

async function putContent(site: Site, call: Call): Promise<Reply> {
  const writing = writable(site, call);
  const wanted = bodyOf(call, FILE_CHANGE);
  if (wanted.content === undefined) {
    throw new ApiError(422, `Invalid request.\n\n"content" wasn't supplied.`);
  }
  const body = Buffer.from(wanted.content, 'base64');
  const change = changeOf(call, writing, wanted);
  const done = await changeFile(site, writing, { ...change, body });
  const entry = await writing.git.entryAt(done.commit, change.path);
  if (!entry) throw notFound();
  const located = {
    repository: writing,
    ref: change.branch,
    path: change.path,
    entry,
  };
  const shape = {
    content: { ...entryShape(site, located), size: body.length },
    commit: await commitShape(site, writing, done.commit),
  };
  return done.existed ? ok(shape) : created(shape);
}

async function deleteContent(site: Site, call: Call): Promise<Reply> {
  const writing = writable(site, call);
  const wanted = bodyOf(call, FILE_CHANGE);
  if (!wanted.sha) {
    throw new ApiError(422, `Invalid request.\n\n"sha" wasn't supplied.`);
  }
  const change = changeOf(call, writing, wanted);
  const done = await changeFile(site, writing, { ...change, body: null });
  const commit = await commitShape(site, writing, done.commit);
  return ok({ content: null, commit });
}

function changeOf(
  call: Call,
  writing: Writing,
  wanted: z.infer<typeof FILE_CHANGE>,
) {
  return {
    ...wanted,
    path: param(call, 'path'),
    branch: wanted.branch ?? writing.record.defaultBranch,
  };
}

async function commitShape(
  site: Site,
  { record, git }: Writing,
  sha: string,
): Promise<object> {
  const commit = await git.commit(sha);
  if (!commit) throw notFound();
  return gitCommit(site, record, commit);
}

/** One file to be written, or removed. */
interface FileChange {
  readonly path: string;
  readonly branch: string;
  readonly message: string;
  /** Undefined: the file must not exist yet. */
  readonly sha?: string | undefined;
  readonly body: Buffer | null;
  readonly author?: z.infer<typeof PERSON>;
  readonly committer?: z.infer<typeof PERSON>;
}

/**
 * Commits one file to a branch.
 *
 * @throws ApiError 404 without the branch, 409 if the file or branch has
 * changed meanwhile or is protected, 422 if `sha` is missing.
 */
export async function changeFile(
  site: Site,
  writing: Writing,
  change: FileChange,
): Promise<{ commit: string; existed: boolean }> {
  const { git, record, actor } = writing;
  const name = `refs/heads/${change.branch}`;
  const head = await git.refs.read(name);
  if (!head && !record.empty) {
    throw new ApiError(404, `Branch ${change.branch} not found`);
  }
  const before = head ? await git.entryAt(head, change.path) : undefined;
  checkBlob(change, before?.sha);
  const refusal =
    head && site.refs.refusal(writing, change.branch, actor.login);
  if (refusal) throw new ApiError(409, `Could not update file: ${refusal}`);
  const mode = before?.mode ?? FILE_MODE;
  const commit = await commitFile(writing, { ...change, head, mode });
  const request = { name, to: commit, by: actor.login };
  if (head) await site.refs.update(writing, { ...request, from: head });
  else await site.refs.create(writing, request);
  return { commit, existed: before !== undefined };
}

async function commitFile(
  { git, actor }: Writing,
  change: FileChange & { head: string | undefined; mode: string },
): Promise<string> {
  const { head, mode, path, body } = change;
  const base = (head && (await git.commit(head))?.tree) || EMPTY_TREE;
  const entry = body && {
    mode,
    sha: await git.objects.write({ type: 'blob', body }),
  };
  return git.writeCommit({
    tree: await editTree(git.objects, base, [{ path, entry }]),
    parents: head ? [head] : [],
    message: change.message,
    ...signatures(actor, change),
  });
}

function checkBlob(change: FileChange, before: string | undefined): void {
  if (change.sha && change.sha !== before) {
    const message = before
      ? `${change.path} does not match ${change.sha}`
      : 'Not Found';
    throw new ApiError(before ? 409 : 404, message);
  }
  if (!change.sha && before) {
    throw new ApiError(422, `Invalid request.\n\n"sha" wasn't supplied.`);
  }
}
