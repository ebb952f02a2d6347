import { type FileDiff } from '../../git/fileDiffs';
import { type Commit } from '../../git/objects';
import { loginOf } from '../shapes/commit';
import { type RepositoryView, pathTo } from './View';
import { type Html, html } from './html';
import { when } from './layout';

/** Files with their patches. */
export function diffs(
  view: RepositoryView,
  commit: string,
  files: readonly FileDiff[],
): Html {
  const count = files.length;
  const added = files.reduce((sum, file) => sum + file.additions, 0);
  const removed = files.reduce((sum, file) => sum + file.deletions, 0);
  return html`<p class="soft">
      ${count} changed ${count === 1 ? 'file' : 'files'},
      <span class="good">+${added}</span> <span class="bad">−${removed}</span>
    </p>
    ${files.map(file => diff(view, commit, file))}`;
}

function diff(view: RepositoryView, commit: string, file: FileDiff): Html {
  const name = file.previousPath
    ? `${file.previousPath} → ${file.path}`
    : file.path;
  const link =
    file.status === 'removed'
      ? html`<code>${name}</code>`
      : html`<a class="code" href="${pathTo(view, 'blob', commit, file.path)}"
          >${name}</a
        >`;
  return html`<section class="box" aria-label="${file.path}">
    <div class="head">
      ${link}<span class="soft"
        >${file.status} <span class="good">+${file.additions}</span>
        <span class="bad">−${file.deletions}</span></span
      >
    </div>
    ${file.patch === undefined
      ? html`<div class="row soft">Nothing to show as text</div>`
      : html`<div class="scroll">
          <table class="code">
            ${file.patch.split('\n').map(
              line =>
                html`<tr class="${kindOf(line)}">
                  <td>${line}</td>
                </tr>`,
            )}
          </table>
        </div>`}
  </section>`;
}

function kindOf(line: string): string {
  if (line.startsWith('@@')) return 'hunk';
  if (line.startsWith('+')) return 'added';
  return line.startsWith('-') ? 'removed' : '';
}

/** A list of commits, one line each. */
export function commitList(
  view: RepositoryView,
  commits: readonly Commit[],
): Html {
  return html`<div class="box">
    ${commits.map(
      commit =>
        html`<div class="row">
          <span
            ><a href="${pathTo(view, 'commit', commit.sha)}"
              >${subjectOf(commit)}</a
            ><br /><span class="soft"
              >${authorOf(view, commit)} · ${when(commit.committer.date)}</span
            ></span
          ><a class="code" href="${pathTo(view, 'commit', commit.sha)}"
            >${commit.sha.slice(0, 7)}</a
          >
        </div>`,
    )}
  </div>`;
}

export function subjectOf(commit: Commit): string {
  return commit.message.split('\n')[0] || '(no message)';
}

/** The display name of whoever wrote a commit. */
export function authorOf({ site }: RepositoryView, commit: Commit): string {
  const login = loginOf(site, commit.author);
  return (login && site.accounts.user(login)?.name) || commit.author.name;
}

export function nameOf({ site }: RepositoryView, login: string): string {
  return site.accounts.user(login)?.name ?? login;
}
