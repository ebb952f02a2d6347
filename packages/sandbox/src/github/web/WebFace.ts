import { type IncomingMessage, type ServerResponse } from 'node:http';
import { patchText } from '../../git/fileDiffs';
import { type Site } from '../Site';
import { ApiError, notFound } from '../http/ApiError';
import { type Reply, send } from '../http/Reply';
import { readBody } from '../http/readBody';
import { changesOf } from '../pulls/changesOf';
import { pullNumbered } from '../pulls/openPull';
import { archive } from '../rest/archives';
import { type RepositoryView, type View, actorOf } from './View';
import { avatar } from './avatar';
import { html } from './html';
import { document } from './layout';
import { edit, saveEdit, seeOther } from './pages/edit';
import { blob, raw, tree } from './pages/files';
import { commit, commits, compare } from './pages/history';
import { home, owner } from './pages/owner';
import { pullList, pullPage } from './pages/pulls';
import { actOnPull, createPull } from './pullActions';
import { STYLE } from './style';

const MAX_FORM_BYTES = 10 << 20;
const COOKIE = 'act-as';

type RepositoryPage = (view: RepositoryView) => Promise<Reply>;

/** By the word behind the repository's name. */
const PAGES = new Map<string, RepositoryPage>(
  Object.entries({
    '': tree,
    tree,
    blob,
    edit: view => edit(view),
    commits,
    commit,
    compare,
    pulls: pullList,
    pull: view => pullPage(view),
  } satisfies Record<string, RepositoryPage>),
);

/** Not pages: anybody gets them, whatever they accept. */
const FILES = new Map<string, RepositoryPage>(
  Object.entries({
    raw,
    'legacy.tar.gz': ({ site, repository, rest: ref }) =>
      archive(site, { ...repository.record, ref }),
  } satisfies Record<string, RepositoryPage>),
);

/** Pages for people. Whoever does not ask for HTML finds none. */
export class WebFace {
  readonly #site: Site;

  constructor(site: Site) {
    this.#site = site;
  }

  async serve(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
  ): Promise<void> {
    const view: View = { site: this.#site, url, chosen: this.#chosen(request) };
    const isPage = (request.headers.accept ?? '').includes('text/html');
    const reply = await this.#answer(view, request, isPage).catch(error => {
      if (!(error instanceof ApiError)) throw error;
      return isPage ? failure(view, error) : plainFailure(error);
    });
    await send(request, response, reply);
  }

  async #answer(
    view: View,
    request: IncomingMessage,
    isPage: boolean,
  ): Promise<Reply> {
    const parts = partsOf(view.url);
    if (request.method === 'POST') return this.#take(view, parts, request);
    if (!['GET', 'HEAD'].includes(request.method ?? '')) throw notFound();
    const plain = await this.#file(view, parts);
    if (plain) return plain;
    if (!isPage) throw notFound();
    return this.#page(view, parts);
  }

  async #file(view: View, parts: string[]): Promise<Reply | undefined> {
    const [first, second, third = '', ...rest] = parts;
    if (first === '-') return this.#asset(second, third);
    if (first === 'raw') {
      return raw(this.#repositoryView(view, [second, third], rest));
    }
    const file = FILES.get(third);
    if (file) return file(this.#repositoryView(view, [first, second], rest));
    const number = /^(\d+)\.(diff|patch)$/.exec(rest.join('/'))?.[1];
    return third === 'pull' && number
      ? patchOf(this.#repositoryView(view, [first, second], [number]))
      : undefined;
  }

  async #page(view: View, parts: string[]): Promise<Reply> {
    const [login, name, kind = '', ...rest] = parts;
    if (!login) return home(view);
    if (!name) {
      const found = owner(view, login);
      if (!found) throw notFound();
      return found;
    }
    const page = PAGES.get(kind);
    if (!page) throw notFound();
    return page(this.#repositoryView(view, [login, name], rest));
  }

  /** Forms change things: only our own pages may send them. */
  async #take(
    view: View,
    parts: string[],
    request: IncomingMessage,
  ): Promise<Reply> {
    if (!this.#isOurs(request)) {
      throw new ApiError(403, 'This form was not sent from one of our pages');
    }
    const bytes = await readBody(request, MAX_FORM_BYTES);
    const form = new URLSearchParams(bytes.toString('utf8'));
    const [first, second, kind, ...rest] = parts;
    if (first === '-' && second === 'act-as') return this.#actAs(form);
    const on = this.#repositoryView(view, [first, second], rest);
    const named = form.get('as');
    const actor = (named && this.#person(named)) || actorOf(view);
    if (!actor) throw new ApiError(403, 'There is nobody to act as');
    if (kind === 'pulls') return createPull(on, { form, actor });
    if (kind === 'pull') return actOnPull(on, { form, actor });
    if (kind === 'edit') return saveEdit(on, form, actor);
    throw notFound();
  }

  #actAs(form: URLSearchParams): Reply {
    const person = this.#person(form.get('login') ?? '');
    if (!person) throw notFound();
    const back = form.get('back') ?? '/';
    // Only a path of ours: `//host` would lead elsewhere.
    const location = /^\/(?![/\\])/.test(back) ? back : '/';
    const cookie = `${COOKIE}=${person.login}; Path=/; HttpOnly; SameSite=Strict`;
    return {
      ...seeOther(location),
      headers: { location, 'set-cookie': cookie },
    };
  }

  #isOurs(request: IncomingMessage): boolean {
    const { origin } = request.headers;
    const site = new URL(this.#site.url);
    const ours = [site.origin, `http://127.0.0.1:${site.port}`];
    return origin !== undefined && ours.includes(origin);
  }

  #chosen(request: IncomingMessage) {
    const pattern = new RegExp(`(?:^|;\\s*)${COOKIE}=([^;]+)`);
    return this.#person(pattern.exec(request.headers.cookie ?? '')?.[1] ?? '');
  }

  #person(login: string) {
    return this.#site.accounts.people().find(person => person.login === login);
  }

  #asset(kind: string | undefined, name: string): Reply {
    if (kind === 'avatars') {
      return avatar(this.#site, name.replace(/\.svg$/, ''));
    }
    if (kind !== 'style.css') throw notFound();
    const headers = { 'content-type': 'text/css; charset=utf-8' };
    return { status: 200, body: STYLE, headers };
  }

  #repositoryView(
    view: View,
    [login = '', name = '']: (string | undefined)[],
    rest: string[],
  ): RepositoryView {
    const { repositories } = this.#site;
    const repository = repositories.find(login, name.replace(/\.git$/, ''));
    if (!repository) throw notFound();
    return { ...view, repository, rest: rest.join('/') };
  }
}

async function patchOf({ repository, rest }: RepositoryView): Promise<Reply> {
  const pull = pullNumbered(repository, rest);
  const { from } = await changesOf(repository, pull);
  const body = await patchText(repository.git.folder, from, pull.headSha);
  return { status: 200, body };
}

function partsOf(url: URL): string[] {
  try {
    return decodeURIComponent(url.pathname).split('/').filter(Boolean);
  } catch {
    throw notFound();
  }
}

function failure(view: View, { status, message }: ApiError): Reply {
  const title = status === 404 ? 'There is no such page' : message;
  const body = html`<h1>${title}</h1>
    <p><a href="/">To the repositories</a></p>`;
  return document(view, { title, body, status });
}

function plainFailure({ status, message }: ApiError): Reply {
  return { status, body: `${message}\n` };
}
