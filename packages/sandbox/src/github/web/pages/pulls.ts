import { type Reply } from '../../http/Reply';
import { latestStatuses } from '../../latestStatuses';
import {
  type Assessment,
  assessPull,
  effectiveReviews,
} from '../../pulls/assessPull';
import { changesOf } from '../../pulls/changesOf';
import { pullNumbered } from '../../pulls/openPull';
import {
  type PullRecord,
  type ReviewState,
  type UserRecord,
} from '../../records';
import { type RepositoryView, actorOf, pathTo } from '../View';
import { type Html, html, Html as Markup } from '../html';
import { document, repositoryHead, when } from '../layout';
import { commitList, diffs, nameOf } from '../parts';
import { checkList } from './checkList';
import { commitsOf } from './history';

/** The repository's pull requests, the open ones unless asked otherwise. */
export async function pullList(view: RepositoryView): Promise<Reply> {
  const state =
    view.url.searchParams.get('state') === 'closed' ? 'closed' : 'open';
  const { record } = view.repository;
  const pulls = record.pulls.filter(pull => pull.state === state).reverse();
  const body = html`${repositoryHead(view, 'pulls')}
    <p class="actions">
      <a href="?state=open">Open</a> <a href="?state=closed">Closed</a>
    </p>
    ${pulls.length === 0
      ? html`<p class="soft">No ${state} pull requests.</p>`
      : html`<div class="box">
          ${pulls.map(
            pull =>
              html`<div class="row">
                <span
                  >${pill(pull)}<a
                    href="${pathTo(view, 'pull', String(pull.number))}"
                    >${pull.title}</a
                  >
                  <span class="soft"
                    >#${pull.number} by ${nameOf(view, pull.login)}</span
                  ></span
                ><span class="soft">${when(pull.updatedAt)}</span>
              </div>`,
          )}
        </div>`}`;
  return document(view, { title: `Pull requests of ${record.name}`, body });
}

/** One pull request: what it changes, who agrees, what it waits for. */
export async function pullPage(
  view: RepositoryView,
  notice?: string,
): Promise<Reply> {
  const { site, repository } = view;
  const pull = pullNumbered(repository, view.rest.split('/')[0] ?? '');
  const actor = actorOf(view, pull.login);
  const assessment = await assessPull(site, repository, pull);
  const changes = await changesOf(repository, pull);
  const statuses = latestStatuses(repository.record, pull.headSha);
  const body = html`${repositoryHead(view, 'pulls')}
    <h1>${pull.title} <span class="soft">#${pull.number}</span></h1>
    <p>
      ${pill(pull)}<span class="soft"
        >${nameOf(view, pull.login)} wants to bring
        <a
          class="code"
          href="${pathTo(view, 'tree', pull.fork ? pull.headSha : pull.head)}"
          >${pull.fork && `${pull.fork}:`}${pull.head}</a
        >
        into
        <a class="code" href="${pathTo(view, 'tree', pull.base)}"
          >${pull.base}</a
        >
        · ${when(pull.createdAt)}</span
      >
    </p>
    ${pull.body &&
    html`<div class="box"><pre class="text">${pull.body}</pre></div>`}
    ${conversation(view, pull)} ${checkList(statuses)}
    <h2>${pull.state === 'open' ? 'To be merged' : 'Outcome'}</h2>
    ${pull.state === 'open'
      ? mergeBox(view, { pull, actor, assessment })
      : outcome(view, pull)}
    <h2>Commits</h2>
    ${commitList(view, await commitsOf(view, changes.commits))}
    <h2>Changes</h2>
    ${diffs(view, pull.headSha, changes.files)}`;
  return document(view, {
    title: `${pull.title} #${pull.number}`,
    body,
    actor,
    notice,
  });
}

const VERDICTS: Record<ReviewState, [string, string]> = {
  APPROVED: ['good', '✓ approved'],
  CHANGES_REQUESTED: ['bad', '✗ asked for changes'],
  COMMENTED: ['soft', 'commented'],
  DISMISSED: ['soft', 'approved an earlier version'],
};

function conversation(
  view: RepositoryView,
  pull: PullRecord,
): Html | undefined {
  const said = [
    ...pull.reviews.map(({ login, state, body, submittedAt }) => {
      const [kind, verdict] = VERDICTS[state];
      return { login, kind, verdict, body, at: submittedAt };
    }),
    ...pull.comments.map(({ login, body, createdAt }) => {
      return { login, kind: 'soft', verdict: 'commented', body, at: createdAt };
    }),
  ].sort((a, b) => a.at.localeCompare(b.at));
  if (said.length === 0) return undefined;
  return html`<h2>Reviews</h2>
    <div class="box">
      ${said.map(
        ({ login, kind, verdict, body, at }) =>
          html`<div class="row">
            <span
              ><strong>${nameOf(view, login)}</strong>
              <span class="${kind}">${verdict}</span>${body &&
              html`<pre class="text">${body}</pre>`}</span
            ><span class="soft">${when(at)}</span>
          </div>`,
      )}
    </div>`;
}

interface Merging {
  readonly pull: PullRecord;
  readonly actor: UserRecord | undefined;
  readonly assessment: Assessment;
}

function mergeBox(view: RepositoryView, merging: Merging): Html {
  const { pull, actor, assessment } = merging;
  const own = actor?.login === pull.login;
  const approved = effectiveReviews(view.site, view.repository, pull).some(
    ({ login, state }) => login === actor?.login && state === 'APPROVED',
  );
  const ready =
    assessment.conflicts.length === 0 &&
    assessment.missing.length === 0 &&
    !pull.draft;
  const disabled = (yes: boolean) => yes && new Markup(' disabled');
  return html`<div class="box">
    <div class="row">
      <ul class="plain">
        ${waits(merging)}
      </ul>
      <span></span>
    </div>
    <div class="row">
      <div class="actions">
        ${form(
          view,
          merging,
          'approve',
          html`<button${disabled(own || approved)}>${
            approved ? 'Approved' : 'Approve'
          }</button>`,
        )}
        ${form(
          view,
          merging,
          'merge',
          html`<button class="main" ${disabled(!ready)}>Merge</button>
            <select name="method" aria-label="How">
              <option value="merge">as a merge commit</option>
              <option value="squash">as one commit</option>
            </select>`,
        )}
        ${form(view, merging, 'close', html`<button>Close</button>`)}
        <span class="soft"
          >as
          ${actor?.name}${own && ', who wrote it and cannot approve it'}</span
        >
      </div>
      <span></span>
    </div>
  </div>`;
}

function waits({ pull, assessment }: Merging): Html[] {
  const { conflicts, missing } = assessment;
  return [
    ...(pull.draft ? [html`<li class="wait">• It is a draft.</li>`] : []),
    conflicts.length > 0
      ? html`<li class="bad">
          ✗ It conflicts with ${pull.base} in ${conflicts.join(', ')}.
        </li>`
      : html`<li class="good">✓ No conflicts with ${pull.base}.</li>`,
    ...(missing.length > 0
      ? missing.map(text => html`<li class="wait">• ${text}</li>`)
      : [html`<li class="good">✓ The rules of ${pull.base} are met.</li>`]),
  ];
}

function form(
  view: RepositoryView,
  { pull, actor }: Merging,
  ...[action, content]: [string, Html]
): Html {
  const path = pathTo(view, 'pull', String(pull.number), action);
  return html`<form method="post" action="${path}">
    <input type="hidden" name="as" value="${actor?.login}" />
    <input type="hidden" name="sha" value="${pull.headSha}" />${content}
  </form>`;
}

function outcome(view: RepositoryView, pull: PullRecord): Html {
  const reopen = html`<form
    method="post"
    action="${pathTo(view, 'pull', String(pull.number), 'reopen')}"
  >
    <button>Reopen</button>
  </form>`;
  return html`<div class="box">
    <div class="row">
      ${pull.mergedAt
        ? html`<span class="merged"
              >Merged by ${nameOf(view, pull.mergedBy ?? '')} as
              <a
                class="code"
                href="${pathTo(view, 'commit', pull.mergeCommitSha ?? '')}"
                >${pull.mergeCommitSha?.slice(0, 7)}</a
              ></span
            ><span class="soft">${when(pull.mergedAt)}</span>`
        : html`<span class="closed">Closed without being merged</span
            >${reopen}`}
    </div>
  </div>`;
}

function pill(pull: PullRecord): Html {
  const state = pull.mergedAt ? 'merged' : pull.state;
  const word = state.charAt(0).toUpperCase() + state.slice(1);
  return html`<span class="pill ${state}">${word}</span>`;
}
