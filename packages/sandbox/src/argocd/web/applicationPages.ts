import {
  type Application,
  CONTROL_PLANE,
  projectOf,
  type ResourceStatus,
  sourceOf,
} from '../Application';
import { type Html, html } from './html';
import { mark, page } from './layout';

/** All applications, a row each. */
export function listPage(applications: readonly Application[]): string {
  const rows = applications.map(
    application => html`<tr>
      <td>
        <a href="${pathOf(application)}">${application.metadata.name}</a>
      </td>
      <td>${projectOf(application)}</td>
      <td>${mark(application.status?.sync?.status)}</td>
      <td>${mark(application.status?.health?.status)}</td>
      <td>${destinationOf(application)}</td>
    </tr>`,
  );
  return page(
    'Applications',
    html`<h1>Applications</h1>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th>Name</th>
              <th>Project</th>
              <th>Sync</th>
              <th>Health</th>
              <th>Destination</th>
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>
      </div>`,
  );
}

/** One application: what it is, how it is, what it consists of and what it was. */
export function applicationPage(
  application: Application,
  resources: readonly ResourceStatus[],
): string {
  const { name } = application.metadata;
  return page(
    name,
    html`${buttons(application)} ${alerts(application)} ${facts(application)}
    ${resourceTable(resources)} ${historyTable(application)}`,
  );
}

export function missingPage(name: string): string {
  return page(
    'Not found',
    html`<h1>There is no application “${name}”</h1>
      <p><a href="/">All applications</a></p>`,
  );
}

export function pathOf({ metadata }: Application): string {
  const namespace = metadata.namespace ?? CONTROL_PLANE;
  return `/applications/${namespace}/${metadata.name}`;
}

function buttons(application: Application): Html {
  const path = pathOf(application);
  const { metadata, operation } = application;
  return html`<div class="bar">
    <div>
      <h1>${metadata.name}</h1>
      <span class="dim"
        >${metadata.namespace} · project ${projectOf(application)}</span
      >
    </div>
    <div>
      <form method="post" action="${path}/refresh">
        <button>Refresh</button>
      </form>
      <form method="post" action="${path}/hard-refresh">
        <button>Hard refresh</button>
      </form>
      <form method="post" action="${path}/sync">
        <button class="main" ${operation && html`disabled`}>Sync</button>
      </form>
    </div>
  </div>`;
}

function alerts(application: Application): Html[] {
  return (application.status?.conditions ?? []).map(
    ({ type, message }) => html`<div class="card alert" role="alert">
      <strong>${type}</strong><br /><code>${message}</code>
    </div>`,
  );
}

function facts(application: Application): Html {
  const { status } = application;
  const source = sourceOf(application);
  const state = status?.operationState;
  return html`<dl class="card">
    <dt>Sync</dt>
    <dd>${mark(status?.sync?.status)}</dd>
    <dt>Health</dt>
    <dd>${mark(status?.health?.status)}</dd>
    <dt>Last operation</dt>
    <dd>
      ${state
        ? html`${mark(state.phase)} ${state.message ?? ''}
            <span class="dim">${state.finishedAt ?? state.startedAt}</span>`
        : 'none'}
    </dd>
    <dt>Source</dt>
    <dd>
      ${linkTo(source.repoURL)} <code>${source.path}</code> at
      <code>${source.targetRevision ?? 'HEAD'}</code>
    </dd>
    <dt>Revision</dt>
    <dd>${commitLink(source.repoURL, status?.sync?.revision)}</dd>
    <dt>Images</dt>
    <dd><code>${status?.summary?.images?.join(', ') ?? 'none'}</code></dd>
    <dt>Destination</dt>
    <dd>${destinationOf(application)}</dd>
    <dt>Compared</dt>
    <dd>${status?.reconciledAt ?? 'never'}</dd>
  </dl>`;
}

function resourceTable(resources: readonly ResourceStatus[]): Html {
  const rows = resources.map(
    resource => html`<tr>
      <td>${resource.kind}</td>
      <td>
        ${resource.kind === 'Application'
          ? html`<a href="/applications/${resource.namespace}/${resource.name}"
              >${resource.name}</a
            >`
          : resource.name}
      </td>
      <td>${resource.namespace}</td>
      <td>
        ${resource.hook ? 'hook' : mark(resource.status)}
        ${resource.requiresPruning && 'to be pruned'}
      </td>
      <td>
        ${resource.health && mark(resource.health.status)}
        ${resource.health?.message}
      </td>
    </tr>`,
  );
  return html`<h2>Resources</h2>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>Kind</th>
            <th>Name</th>
            <th>Namespace</th>
            <th>Sync</th>
            <th>Health</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>`;
}

function historyTable(application: Application): Html {
  const { repoURL } = sourceOf(application);
  const history = [...(application.status?.history ?? [])].reverse();
  const rows = history.map(
    ({ id, deployedAt, revision, initiatedBy }) => html`<tr>
      <td>${id}</td>
      <td>${deployedAt}</td>
      <td>${commitLink(repoURL, revision)}</td>
      <td>${initiatedBy.automated ? 'automated' : initiatedBy.username}</td>
    </tr>`,
  );
  return html`<h2>History</h2>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>Id</th>
            <th>Deployed</th>
            <th>Revision</th>
            <th>By</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>`;
}

function linkTo(url: string): Html {
  return /^https?:/.test(url)
    ? html`<a href="${url}">${url}</a>`
    : html`<code>${url}</code>`;
}

function commitLink(repoURL: string, revision: string | undefined): Html {
  if (!revision) return html`unknown`;
  const short = html`<code>${revision.slice(0, 7)}</code>`;
  return /^https?:/.test(repoURL)
    ? html`<a href="${repoURL.replace(/\.git$/, '')}/commit/${revision}"
        >${short}</a
      >`
    : short;
}

function destinationOf({ spec }: Application): string {
  const { server, name, namespace } = spec.destination;
  return `${name ?? server ?? ''} / ${namespace ?? ''}`;
}
