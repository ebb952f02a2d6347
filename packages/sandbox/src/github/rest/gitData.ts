import { z } from 'zod';
import {
  type TreeEdit,
  editTree,
  readTree,
  walkTree,
} from '../../git/editTree';
import {
  EMPTY_TREE,
  FILE_MODE,
  isTree,
  type TreeEntry,
} from '../../git/objects';
import { type HostedRepository } from '../Repositories';
import { type Site } from '../Site';
import { ApiError, notFound } from '../http/ApiError';
import { type Call, bodyOf, mediaOf, param } from '../http/Call';
import { type Reply, created, ok } from '../http/Reply';
import { type Route } from '../http/Router';
import { type RepositoryRecord } from '../records';
import { nodeId } from '../shapes/account';
import { gitCommit } from '../shapes/commit';
import { repositoryApi } from '../shapes/repository';
import { type Writing, readable, writable } from './access';
import { signatures } from './signatures';

const BASE = '/repos/{owner}/{repo}/git';
const SHA = z.string().regex(/^[0-9a-f]{40}$/, 'is not a commit or tree');

const NEW_BLOB = z.object({
  content: z.string(),
  encoding: z.string().optional(),
});

const NEW_TREE = z.object({
  base_tree: z.string().nullish(),
  tree: z.array(
    z.object({
      path: z.string(),
      mode: z
        .enum(['100644', '100755', '040000', '160000', '120000'])
        .optional(),
      type: z.string().optional(),
      sha: SHA.nullish(),
      content: z.string().optional(),
    }),
  ),
});

const PERSON = z
  .object({
    name: z.string(),
    email: z.string(),
    date: z.string().optional(),
  })
  .optional();

const NEW_COMMIT = z.object({
  message: z.string(),
  tree: SHA,
  parents: z.array(SHA).optional(),
  author: PERSON,
  committer: PERSON,
});

/** Blobs, trees and commits as objects. */
export function gitDataRoutes(site: Site): Route[] {
  return [
    {
      operation: `GET ${BASE}/blobs/{file_sha}`,
      handle: c => getBlob(site, c),
    },
    { operation: `POST ${BASE}/blobs`, handle: c => createBlob(site, c) },
    {
      operation: `GET ${BASE}/trees/{tree_sha}`,
      handle: c => getTree(site, c),
    },
    { operation: `POST ${BASE}/trees`, handle: c => createTree(site, c) },
    {
      operation: `GET ${BASE}/commits/{commit_sha}`,
      handle: c => getCommit(site, c),
    },
    { operation: `POST ${BASE}/commits`, handle: c => createCommit(site, c) },
  ];
}

async function getBlob(site: Site, call: Call): Promise<Reply> {
  const { record, git } = readable(site, call);
  const sha = param(call, 'file_sha');
  const object = await git.objects.read(sha);
  if (object?.type !== 'blob') throw notFound();
  if (mediaOf(call) === 'raw') return ok(object.body);
  return ok({
    sha,
    node_id: nodeId('Blob', sha),
    size: object.body.length,
    url: `${repositoryApi(site, record)}/git/blobs/${sha}`,
    content: object.body.toString('base64'),
    encoding: 'base64',
  });
}

async function createBlob(site: Site, call: Call): Promise<Reply> {
  const { record, git } = writable(site, call);
  const { content, encoding } = bodyOf(call, NEW_BLOB);
  const base64 = encoding === 'base64';
  const body = Buffer.from(content, base64 ? 'base64' : 'utf8');
  const sha = await git.objects.write({ type: 'blob', body });
  const url = `${repositoryApi(site, record)}/git/blobs/${sha}`;
  return created({ sha, url }, url);
}

async function getTree(site: Site, call: Call): Promise<Reply> {
  const repository = readable(site, call);
  const sha = await treeNamed(repository, param(call, 'tree_sha'));
  if (!sha) throw notFound();
  const { objects } = repository.git;
  const entries = call.url.searchParams.has('recursive')
    ? await walkTree(objects, sha)
    : await readTree(objects, sha);
  return ok(await treeShape(site, repository, { sha, entries }));
}

async function createTree(site: Site, call: Call): Promise<Reply> {
  const writing = writable(site, call);
  if (writing.record.empty) {
    throw new ApiError(409, 'Git Repository is empty.');
  }
  const wanted = bodyOf(call, NEW_TREE);
  const base = wanted.base_tree
    ? await treeNamed(writing, wanted.base_tree)
    : EMPTY_TREE;
  if (!base) throw new ApiError(422, 'base_tree is not a valid tree oid');
  const { objects } = writing.git;
  const edits = await Promise.all(
    wanted.tree.map(entry => editOf(writing, base, entry)),
  );
  const sha = await editTree(objects, base, edits);
  const entries = await readTree(objects, sha);
  const shape = await treeShape(site, writing, { sha, entries });
  return created(
    shape,
    `${repositoryApi(site, writing.record)}/git/trees/${sha}`,
  );
}

type WantedEntry = z.infer<typeof NEW_TREE>['tree'][number];

async function editOf(
  { git }: Writing,
  base: string,
  wanted: WantedEntry,
): Promise<TreeEdit> {
  const { path, mode: wantedMode = FILE_MODE, content } = wanted;
  const mode = wantedMode.replace(/^0/, '');
  if (content !== undefined) {
    const body = Buffer.from(content);
    const sha = await git.objects.write({ type: 'blob', body });
    return { path, entry: { mode, sha } };
  }
  if (wanted.sha) {
    const known = mode === '160000' || (await git.objects.read(wanted.sha));
    if (!known) {
      throw new ApiError(422, `tree.sha ${wanted.sha} is not a valid object`);
    }
    return { path, entry: { mode, sha: wanted.sha } };
  }
  const before = (await walkTree(git.objects, base)).find(
    entry => entry.path === path,
  );
  // Removing what is not there.
  if (!before) throw new ApiError(422, 'GitRPC::BadObjectState');
  return { path, entry: null };
}

async function getCommit(site: Site, call: Call): Promise<Reply> {
  const { record, git } = readable(site, call);
  const commit = await git.commit(param(call, 'commit_sha'));
  if (!commit) throw notFound();
  return ok(gitCommit(site, record, commit));
}

async function createCommit(site: Site, call: Call): Promise<Reply> {
  const { record, git, actor } = writable(site, call);
  const wanted = bodyOf(call, NEW_COMMIT);
  if (
    (await git.objects.read(wanted.tree))?.type !== 'tree' &&
    wanted.tree !== EMPTY_TREE
  ) {
    throw new ApiError(422, 'Tree SHA does not exist');
  }
  for (const parent of wanted.parents ?? []) {
    if (!(await git.commit(parent))) {
      throw new ApiError(
        422,
        'Parent SHA does not exist or is not a commit object',
      );
    }
  }
  const sha = await git.writeCommit({
    tree: wanted.tree,
    parents: wanted.parents ?? [],
    message: wanted.message,
    ...signatures(actor, wanted),
  });
  const commit = await git.commit(sha);
  if (!commit) throw notFound();
  const url = `${repositoryApi(site, record)}/git/commits/${sha}`;
  return created(gitCommit(site, record, commit), url);
}

/** A tree by its own name, or by that of a commit, branch or tag. */
async function treeNamed(
  { git, record }: HostedRepository,
  name: string,
): Promise<string | undefined> {
  const object = /^[0-9a-f]{40}$/.test(name)
    ? await git.objects.read(name)
    : undefined;
  if (object?.type === 'tree' || name === EMPTY_TREE) return name;
  const commit = await git.resolve(
    name === 'HEAD' ? record.defaultBranch : name,
  );
  return commit && (await git.commit(commit))?.tree;
}

interface ListedTree {
  readonly sha: string;
  readonly entries: readonly (TreeEntry & { path?: string })[];
}

async function treeShape(
  site: Site,
  { record, git }: { record: RepositoryRecord; git: HostedRepository['git'] },
  { sha, entries }: ListedTree,
): Promise<object> {
  const api = `${repositoryApi(site, record)}/git`;
  const tree = entries.map(async entry => {
    const base = {
      path: entry.path ?? entry.name,
      mode: entry.mode.padStart(6, '0'),
      sha: entry.sha,
    };
    if (isTree(entry)) {
      return { ...base, type: 'tree', url: `${api}/trees/${entry.sha}` };
    }
    if (entry.mode === '160000') return { ...base, type: 'commit' };
    const size = (await git.objects.read(entry.sha))?.body.length ?? 0;
    return { ...base, type: 'blob', size, url: `${api}/blobs/${entry.sha}` };
  });
  return {
    sha,
    url: `${api}/trees/${sha}`,
    tree: await Promise.all(tree),
    truncated: false,
  };
}
