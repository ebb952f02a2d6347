import { ApiError, notFound } from '../../http/ApiError';
import { type Reply } from '../../http/Reply';
import { openPull } from '../../pulls/openPull';
import { type UserRecord } from '../../records';
import { changeFile } from '../../rest/contents';
import { type RepositoryView, pathTo, splitRevision } from '../View';
import { html } from '../html';
import { document, repositoryHead } from '../layout';
import { places } from './files';

/** A file to be changed by hand. */
export async function edit(
  view: RepositoryView,
  notice?: string,
): Promise<Reply> {
  const { git } = view.repository;
  const { ref, path, commit } = await splitRevision(view);
  const bytes = commit && (await git.fileAt(commit, path));
  if (!bytes) throw notFound();
  const entry = await git.entryAt(commit, path);
  const name = path.split('/').at(-1) ?? path;
  const body = html`${repositoryHead(view, 'code')} ${places(view, ref, path)}
    <form class="wide" method="post">
      <input type="hidden" name="sha" value="${entry?.sha}" />
      <label for="text">Text of ${name}</label>
      <textarea id="text" name="text" spellcheck="false" rows="24">
${bytes.toString('utf8')}</textarea
      >
      <label for="message">Commit message</label>
      <input id="message" name="message" value="Update ${name}" required />
      <button class="main">Commit changes</button>
    </form>
    <p class="soft">
      Where ${ref} takes changes by pull request only, one is opened.
    </p>`;
  return document(view, { title: `Edit ${path}`, body, notice });
}

/** Commits the text, or proposes it where the branch may not be moved. */
export async function saveEdit(
  view: RepositoryView,
  form: URLSearchParams,
  actor: UserRecord,
): Promise<Reply> {
  const { site, repository } = view;
  const { ref, path } = await splitRevision(view);
  const writing = { ...repository, actor };
  if (repository.record.archived) {
    throw new ApiError(403, 'Repository was archived so is read-only.');
  }
  const message = form.get('message') || `Update ${path}`;
  const refused = site.refs.refusal(repository, ref, actor.login);
  const branch = refused ? await newBranch(view, ref, actor.login) : ref;
  // Browsers send line ends as CRLF; most files don't have them.
  const text = (form.get('text') ?? '').replaceAll('\r\n', '\n');
  await changeFile(site, writing, {
    path,
    branch,
    message,
    sha: form.get('sha') ?? undefined,
    body: Buffer.from(text),
  });
  if (!refused) return seeOther(pathTo(view, 'blob', ref, path));
  const pull = await openPull(site, repository, {
    title: message,
    head: branch,
    base: ref,
    login: actor.login,
  });
  return seeOther(pathTo(view, 'pull', String(pull.number)));
}

async function newBranch(
  { site, repository }: RepositoryView,
  base: string,
  login: string,
): Promise<string> {
  const { git } = repository;
  const tip = await git.refs.read(`refs/heads/${base}`);
  if (!tip) throw notFound();
  for (let number = 1; ; number += 1) {
    const branch = `${login}-patch-${number}`;
    const name = `refs/heads/${branch}`;
    if (!(await git.refs.read(name))) {
      await site.refs.create(repository, { name, to: tip, by: login });
      return branch;
    }
  }
}

/** After a form was taken, the browser is sent to see what has become of it. */
export function seeOther(location: string): Reply {
  return { status: 303, headers: { location } };
}
