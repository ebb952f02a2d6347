import { type Reply } from '../http/Reply';
import { type UserRecord } from '../records';
import { type RepositoryView, type View, actorOf, pathTo } from './View';
import { Html, html, type HtmlValue } from './html';

/** A page to be. */
interface Page {
  readonly title: string;
  readonly body: Html;
  readonly status?: number;
  /** Who acts on this page, if not whoever the visitor has chosen. */
  readonly actor?: UserRecord | undefined;
  /** What went wrong with the visitor's last wish. */
  readonly notice?: string | undefined;
}

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'cache-control': 'no-cache',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

/** The whole document. */
export function document(view: View, page: Page): Reply {
  const actor = page.actor ?? actorOf(view);
  const text = html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${page.title}</title>
        <link rel="stylesheet" href="/-/style.css" />
        <link rel="icon" href="/-/avatars/git.svg" />
      </head>
      <body>
        <div class="bar">
          <header>
            <div class="crumbs">${crumbs(view)}</div>
            ${chooser(view, actor)}
          </header>
        </div>
        <main>
          ${page.notice &&
          html`<p class="notice" role="alert">${page.notice}</p>`}
          ${page.body}
        </main>
        <footer>Sandbox: a simulated Git hosting with real repositories</footer>
      </body>
    </html>`;
  return { status: page.status ?? 200, headers: HEADERS, body: text.text };
}

function crumbs({ site, url }: View): HtmlValue {
  const [owner, name] = url.pathname.split('/').filter(Boolean).map(decoded);
  const repository =
    owner && name && site.repositories.find(owner, name.replace(/\.git$/, ''));
  const parts = [html`<a href="/">Git hosting</a>`];
  if (repository) {
    const { record } = repository;
    parts.push(html`<a href="/${record.owner}">${record.owner}</a>`);
    parts.push(
      html`<a href="/${record.owner}/${record.name}">${record.name}</a>`,
    );
  }
  return parts.map((part, index) => (index ? html` / ${part}` : part));
}

function chooser({ site, url }: View, actor: UserRecord | undefined): Html {
  const people = site.accounts.people();
  return html`<form method="post" action="/-/act-as">
    <input type="hidden" name="back" value="${url.pathname + url.search}" />
    <label for="act-as" class="soft">Act as</label>
    <select id="act-as" name="login">
      ${people.map(
        ({ login, name }) =>
          html`<option
            value="${login}"
            ${login === actor?.login && new Html(' selected')}
          >
            ${name}
          </option>`,
      )}
    </select>
    <button>Switch</button>
  </form>`;
}

type Tab = 'code' | 'commits' | 'pulls';

/** The ways through a repository, and what is said of it. */
export function repositoryHead(view: RepositoryView, current: Tab): Html {
  const { record } = view.repository;
  const open = record.pulls.filter(({ state }) => state === 'open').length;
  const tabs: [Tab, string, string][] = [
    ['code', 'Files', pathTo(view)],
    ['commits', 'Commits', pathTo(view, 'commits')],
    ['pulls', `Pull requests (${open})`, pathTo(view, 'pulls')],
  ];
  return html`<nav class="tabs" aria-label="Repository">
      ${tabs.map(
        ([tab, label, href]) =>
          html`<a
            href="${href}"
            ${tab === current && new Html(' aria-current="page"')}
            >${label}</a
          >`,
      )}
    </nav>
    ${record.archived &&
    html`<p class="notice">
      This repository was archived. It is read-only.
    </p>`}`;
}

/** How long ago something was; the exact time as a tooltip. */
export function when(at: Date | string): Html {
  const date = new Date(at);
  const exact = date.toISOString();
  return html`<time datetime="${exact}" title="${exact}">${ago(date)}</time>`;
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];
const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

function ago(date: Date): string {
  const seconds = (Date.now() - date.getTime()) / 1000;
  const unit = UNITS.find(([, length]) => seconds >= length);
  return unit
    ? RELATIVE.format(-Math.floor(seconds / unit[1]), unit[0])
    : 'just now';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
