import { type IncomingMessage, type ServerResponse } from 'node:http';
import { NotFoundError } from '@backstage/errors';
import { refOf } from '../../cluster/KubeObject';
import {
  type Application,
  applicationRef,
  CONTROL_PLANE,
  isApplication,
  type ResourceStatus,
  sourceOf,
} from '../Application';
import { type KnownClusters } from '../Clusters';
import { type Trouble } from '../Trouble';
import { readBody, sendText } from '../api/ApiServer';
import { type Controller } from '../api/Engine';
import { type Faults } from '../api/Faults';
import { fullView } from '../api/applicationView';
import { startOperation } from '../api/operationRoutes';
import { refreshed } from '../api/refreshed';
import { defined } from '../controller/updateApplication';
import {
  applicationPage,
  listPage,
  missingPage,
  pathOf,
} from './applicationPages';
import { applyNamedTrouble } from './namedTrouble';
import { readFaults, troublePage } from './troublePage';

const TROUBLE = '/trouble';

interface Parts {
  clusters: KnownClusters;
  controller: Controller;
  faults: Faults;
  /** Paths that the API has, as its routes have them. */
  routes: readonly string[];
  /** Of single applications, clusters and projects, where these can be in trouble. */
  trouble?: Trouble;
}

/** The pages that links of the portal lead to; whoever is at the laptop may press their buttons. */
export function createWebFace(
  parts: Parts,
): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  return async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (request.method === 'POST') {
      if (!isOwnForm(request)) return false;
      return pathname === TROUBLE
        ? makeTrouble(request, parts, response)
        : act(pathname, parts, response);
    }
    if (pathname === TROUBLE) {
      send(response, 200, troublePage(parts));
      return true;
    }
    if (pathname === '/' || pathname === '/applications') {
      send(response, 200, listPage(all(parts.clusters)));
      return true;
    }
    return show(pathname, parts, response);
  };
}

async function makeTrouble(
  request: IncomingMessage,
  { faults, routes, trouble }: Parts,
  response: ServerResponse,
): Promise<boolean> {
  const form = new URLSearchParams(await readBody(request));
  try {
    const state = readFaults(form, routes);
    if (trouble) applyNamedTrouble(form, trouble);
    faults.set(state);
    if (form.has('restart')) faults.dropStreams();
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    sendText(response, 404, error.message);
    return true;
  }
  response.writeHead(303, { Location: TROUBLE }).end();
  return true;
}

function show(
  pathname: string,
  { clusters }: Parts,
  response: ServerResponse,
): boolean {
  const [, namespace = CONTROL_PLANE, name = ''] =
    /^\/applications\/(?:([^/]+)\/)?([^/]+)$/.exec(pathname) ?? [];
  if (name === '') return false;
  const found = clusters.control.get(
    applicationRef(decodeURIComponent(name), namespace),
  );
  if (!found) {
    send(response, 404, missingPage(name));
    return true;
  }
  const application = found as Application;
  const { status } = fullView(application, clusters);
  const resources = 'resources' in status ? status.resources : undefined;
  send(
    response,
    200,
    applicationPage(application, (resources ?? []) as ResourceStatus[]),
  );
  return true;
}

/** What a button asks for; then back to the page. */
function act(
  pathname: string,
  { clusters, controller }: Parts,
  response: ServerResponse,
): boolean {
  const [, namespace = '', name = '', action] =
    /^\/applications\/([^/]+)\/([^/]+)\/(sync|refresh|hard-refresh)$/.exec(
      pathname,
    ) ?? [];
  const found = clusters.control.get(applicationRef(name, namespace));
  if (!found) return false;
  const application = found as Application;
  if (action !== 'sync') {
    const kind = action === 'refresh' ? 'normal' : 'hard';
    const ref = refOf(application);
    controller.refresh(ref, kind);
    void refreshed(clusters.control, ref).then(() =>
      back(application, response),
    );
    return true;
  }
  if (!application.operation) {
    const operation = syncOf(application);
    const what = `sync to ${operation.sync.revision ?? 'HEAD'}`;
    startOperation(application, { operation, what }, clusters);
  }
  back(application, response);
  return true;
}

function back(application: Application, response: ServerResponse): void {
  response.writeHead(303, { Location: pathOf(application) }).end();
}

function syncOf(application: Application) {
  const { targetRevision } = sourceOf(application);
  return {
    sync: defined({
      revision: targetRevision,
      prune: true,
      source: sourceOf(application),
      syncOptions: application.spec.syncPolicy?.syncOptions,
    }),
    initiatedBy: { username: 'admin' },
  };
}

/** No other site's page may press the buttons. */
function isOwnForm(request: IncomingMessage): boolean {
  const site = request.headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}

function all(clusters: KnownClusters): Application[] {
  return clusters.control
    .list(isApplication)
    .map(object => object as Application)
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
}

function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8' });
  response.end(text);
}
