import { readTree } from '../../../git/editTree';
import { isTree, type TreeEntry } from '../../../git/objects';
import { notFound } from '../../http/ApiError';
import { type Reply } from '../../http/Reply';
import { type RepositoryView, pathTo, splitRevision } from '../View';
import { type Html, html } from '../html';
import { document, repositoryHead, when } from '../layout';
import { authorOf, subjectOf } from '../parts';

const BINARY = /\0/;

/** A folder, at first the whole repository, with its README. */
export async function tree(view: RepositoryView): Promise<Reply> {
  const { record, git } = view.repository;
  if (record.empty) return emptyRepository(view);
  const { ref, path, commit } = await splitRevision(view);
  const entry = commit && (await git.entryAt(commit, path));
  if (!commit || !entry) throw notFound();
  if (!isTree(entry)) return blob(view);
  const entries = await readTree(git.objects, entry.sha);
  const sorted = [...entries].sort(
    (a, b) => Number(isTree(b)) - Number(isTree(a)),
  );
  const readme = entries.find(({ name }) => /^readme(\.|$)/i.test(name));
  const text =
    readme && (await git.objects.read(readme.sha))?.body.toString('utf8');
  const body = html`${repositoryHead(view, 'code')}
    ${path
      ? places(view, ref, path)
      : html`<h1>${record.name}</h1>
          <p class="soft">${record.description}</p>`}
    <div class="box">
      ${await latest(view, ref, commit)}
      ${sorted.map(item => line(view, { ref, path, item }))}
    </div>
    ${text &&
    html`<h2>${readme?.name}</h2>
      <div class="box"><pre class="text">${text}</pre></div>`}
    ${!path && cloneHint(view)}`;
  return document(view, { title: titleOf(view, path), body });
}

async function latest(
  view: RepositoryView,
  ref: string,
  commit: string,
): Promise<Html | undefined> {
  const found = await view.repository.git.commit(commit);
  return (
    found &&
    html`<div class="head">
      <span
        >${authorOf(view, found)}:
        <a href="${pathTo(view, 'commit', commit)}"
          >${subjectOf(found)}</a
        ></span
      ><span class="soft"
        >${when(found.committer.date)} ·
        <a href="${pathTo(view, 'commits', ref)}">History of ${ref}</a></span
      >
    </div>`
  );
}

function line(
  view: RepositoryView,
  { ref, path, item }: { ref: string; path: string; item: TreeEntry },
): Html {
  const full = path ? `${path}/${item.name}` : item.name;
  const folder = isTree(item);
  const href = pathTo(view, folder ? 'tree' : 'blob', ref, full);
  return html`<div class="row">
    <a href="${href}">${item.name}${folder && '/'}</a><span></span>
  </div>`;
}

/** A file's text, numbered. */
export async function blob(view: RepositoryView): Promise<Reply> {
  const { git } = view.repository;
  const { ref, path, commit } = await splitRevision(view);
  const bytes = commit && (await git.fileAt(commit, path));
  if (!bytes) {
    const entry = commit && (await git.entryAt(commit, path));
    if (entry && isTree(entry)) return tree(view);
    throw notFound();
  }
  const text = bytes.toString('utf8');
  const branch = await git.refs.read(`refs/heads/${ref}`);
  const body = html`${repositoryHead(view, 'code')} ${places(view, ref, path)}
    <div class="box">
      <div class="head">
        <span class="soft">${bytes.length} bytes</span
        ><span class="actions">
          <a href="${pathTo(view, 'raw', ref, path)}">Raw</a>
          <a href="${pathTo(view, 'commits', ref, path)}">History</a>
          ${branch &&
          html`<a href="${pathTo(view, 'edit', ref, path)}">Edit</a>`}
        </span>
      </div>
      ${BINARY.test(text)
        ? html`<div class="row soft">A binary file</div>`
        : html`<div class="scroll">
            <table class="code">
              ${numbered(text)}
            </table>
          </div>`}
    </div>`;
  return document(view, { title: titleOf(view, path), body });
}

function numbered(text: string): Html[] {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map(
      (content, index) =>
        html`<tr id="L${index + 1}">
          <td class="number">${index + 1}</td>
          <td>${content}</td>
        </tr>`,
    );
}

/** The bytes of a file, never as anything that a browser would run. */
export async function raw(view: RepositoryView): Promise<Reply> {
  const { git } = view.repository;
  const { path, commit } = await splitRevision({
    ...view,
    rest: view.rest.replace(/^refs\/(heads|tags)\//, ''),
  });
  const entry = commit && (await git.entryAt(commit, path));
  const body = commit && (await git.fileAt(commit, path));
  if (!entry || !body) throw notFound();
  const headers = {
    etag: `"${entry.sha}"`,
    'content-type': 'text/plain; charset=utf-8',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  };
  return { status: 200, body, headers };
}

/** Where in the repository one is. */
export function places(view: RepositoryView, ref: string, path: string): Html {
  const parts = path.split('/').filter(Boolean);
  return html`<h1 class="code">
    <a href="${pathTo(view, 'tree', ref)}">${ref}</a>${parts.map(
      (part, index) => {
        const upTo = parts.slice(0, index + 1).join('/');
        return index === parts.length - 1
          ? html` / ${part}`
          : html` / <a href="${pathTo(view, 'tree', ref, upTo)}">${part}</a>`;
      },
    )}
  </h1>`;
}

function emptyRepository(view: RepositoryView): Reply {
  const { record } = view.repository;
  const body = html`${repositoryHead(view, 'code')}
    <h1>${record.name}</h1>
    <p class="soft">${record.description}</p>
    <p>Nothing was pushed yet.</p>
    ${cloneHint(view)}`;
  return document(view, { title: titleOf(view, ''), body });
}

function cloneHint(view: RepositoryView): Html {
  const address = `${view.site.url}${pathTo(view)}.git`;
  return html`<h2>Clone</h2>
    <div class="box"><pre>git clone ${address}</pre></div>
    <p class="soft">
      To push, give any user name, and <code>sandbox-</code> and a login as the
      password.
    </p>`;
}

function titleOf({ repository }: RepositoryView, path: string): string {
  const { owner, name } = repository.record;
  return [path, `${owner}/${name}`].filter(Boolean).join(' · ');
}
