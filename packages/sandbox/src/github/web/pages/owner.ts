import { type Reply } from '../../http/Reply';
import { type View } from '../View';
import { html } from '../html';
import { document, when } from '../layout';

/** Everybody who has something here. */
export function home(view: View): Reply {
  const { organizations } = view.site.store.state;
  const [only] = organizations;
  if (only && organizations.length === 1) {
    return { status: 302, headers: { location: `/${only.login}` } };
  }
  const body = html`<h1>Organisations</h1>
    <div class="box">
      ${organizations.map(
        ({ login, name }) =>
          html`<div class="row">
            <a href="/${login}">${name}</a><span></span>
          </div>`,
      )}
    </div>`;
  return document(view, { title: 'Git hosting', body });
}

/** The repositories of an organisation or a person. */
export function owner(view: View, login: string): Reply | undefined {
  const { accounts, repositories } = view.site;
  const account = accounts.organization(login) ?? accounts.user(login);
  if (!account) return undefined;
  const all = repositories.of(account.login);
  const body = html`<h1>${account.name}</h1>
    <p class="soft">${all.length} repositories</p>
    <div class="box">
      ${all.map(({ record }) => {
        const open = record.pulls.filter(
          ({ state }) => state === 'open',
        ).length;
        const path = `/${record.owner}/${record.name}`;
        return html`<div class="row">
          <span
            ><a href="${path}"><strong>${record.name}</strong></a>
            ${record.archived &&
            html`<span class="pill wait">archived</span>`}<br /><span
              class="soft"
              >${record.description}</span
            ></span
          ><span class="soft"
            >${open > 0 &&
            html`<a href="${path}/pulls">${open} open</a> · `}${when(
              record.pushedAt,
            )}</span
          >
        </div>`;
      })}
    </div>`;
  return document(view, { title: account.name, body });
}
