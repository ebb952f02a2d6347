import { fileDiffs } from '../../../git/fileDiffs';
import { distance, history } from '../../../git/history';
import { type Commit } from '../../../git/objects';
import { notFound } from '../../http/ApiError';
import { type Reply } from '../../http/Reply';
import { latestStatuses } from '../../latestStatuses';
import { type RepositoryView, pathTo, splitRevision } from '../View';
import { type Html, html } from '../html';
import { document, repositoryHead, when } from '../layout';
import { authorOf, commitList, diffs, subjectOf } from '../parts';
import { checkList } from './checkList';
import { places } from './files';

const PAGE = 50;

/** What has happened to a branch, a folder or a file. */
export async function commits(view: RepositoryView): Promise<Reply> {
  const { git } = view.repository;
  const { ref, path, commit: start } = await splitRevision(view);
  if (!start) throw notFound();
  const page = Math.max(1, Number(view.url.searchParams.get('page')) || 1);
  const skip = (page - 1) * PAGE;
  const shas = await history(git.folder, {
    start,
    path,
    skip,
    limit: PAGE + 1,
  });
  const found = await commitsOf(view, shas.slice(0, PAGE));
  const body = html`${repositoryHead(view, 'commits')}
    ${places(view, ref, path)} ${commitList(view, found)}
    <p class="actions">
      ${page > 1 && html`<a href="?page=${page - 1}">Newer</a>`}
      ${shas.length > PAGE && html`<a href="?page=${page + 1}">Older</a>`}
    </p>`;
  return document(view, { title: `Commits of ${ref}`, body });
}

/** One commit with what it changed. */
export async function commit(view: RepositoryView): Promise<Reply> {
  const { git, record } = view.repository;
  const sha = await git.resolve(view.rest);
  const found = sha ? await git.commit(sha) : undefined;
  if (!found || !sha) throw notFound();
  const parent = found.parents[0];
  const files = await fileDiffs(git.folder, parent, sha);
  const details = found.message.split('\n').slice(1).join('\n').trim();
  const body = html`${repositoryHead(view, 'commits')}
    <h1>${subjectOf(found)}</h1>
    ${details &&
    html`<div class="box"><pre class="text">${details}</pre></div>`}
    <p class="soft">
      ${authorOf(view, found)} · ${when(found.author.date)} ·
      <code>${sha}</code> ${found.parents.map(
        name =>
          html` · parent
            <a class="code" href="${pathTo(view, 'commit', name)}"
              >${name.slice(0, 7)}</a
            >`,
      )}
      · <a href="${pathTo(view, 'tree', sha)}">Files</a>
    </p>
    ${checkList(latestStatuses(record, sha))} ${diffs(view, sha, files)}`;
  return document(view, { title: subjectOf(found), body });
}

/** What one revision has that another has not. */
export async function compare(view: RepositoryView): Promise<Reply> {
  const { git } = view.repository;
  const { left, right, base, head, common } = await comparedOf(view);
  const { ahead, behind } = await distance(git.folder, base, head);
  const changes = await git.comparisons.changes(common, head);
  const found = await commitsOf(view, changes.commits);
  const last = found.at(-1);
  const isBranch = await git.refs.read(`refs/heads/${right}`);
  const body = html`${repositoryHead(view, 'commits')}
    <h1 class="code">${left} … ${right}</h1>
    <p class="soft">${ahead} ahead, ${behind} behind</p>
    ${isBranch && last && proposal(view, { left, right, last })}
    ${commitList(view, found)} ${diffs(view, head, changes.files)}`;
  return document(view, { title: `${left}...${right}`, body });
}

async function comparedOf({ repository, rest }: RepositoryView) {
  const { git, record } = repository;
  const [left = '', right = ''] = rest.includes('...')
    ? rest.split('...')
    : [record.defaultBranch, rest];
  const base = await git.resolve(left);
  const head = await git.resolve(right);
  const common = base && head && (await git.comparisons.mergeBase(base, head));
  if (!base || !head || !common) throw notFound();
  return { left, right, base, head, common };
}

function proposal(
  view: RepositoryView,
  { left, right, last }: { left: string; right: string; last: Commit },
): Html {
  return html`<form method="post" action="${pathTo(view, 'pulls')}">
    <input type="hidden" name="base" value="${left}" />
    <input type="hidden" name="head" value="${right}" />
    <input
      name="title"
      aria-label="Title"
      value="${subjectOf(last)}"
      required
    />
    <button class="main">Create pull request</button>
  </form>`;
}

export async function commitsOf(
  { repository }: RepositoryView,
  shas: readonly string[],
): Promise<Commit[]> {
  const found = await Promise.all(shas.map(sha => repository.git.commit(sha)));
  return found.filter(item => item !== undefined);
}
