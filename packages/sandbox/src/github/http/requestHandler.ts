import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { isError } from '@backstage/errors';
import { type Faults } from '../Faults';
import { type Site } from '../Site';
import { API_PREFIX, RestApi } from '../rest/RestApi';
import { isGitRequest, serveGit } from '../smartHttp';
import { WebFace } from '../web/WebFace';
import { ApiError } from './ApiError';
import { send } from './Reply';

/** Sends each request to the protocol that it belongs to. */
export function requestHandler(site: Site, faults: Faults) {
  const api = new RestApi(site);
  const web = new WebFace(site);

  async function serve(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const url = new URL(request.url ?? '/', site.url);
    response.setHeader('x-github-request-id', requestId());
    const fault = faults.of(url.pathname);
    if (fault.latencyMs) await pause(fault.latencyMs);
    if (fault.status) {
      const error = new ApiError(fault.status, 'The sandbox was told to fail');
      const reply = { status: fault.status, body: error.toBody() };
      return send(request, response, reply);
    }
    if (isBelow(url, API_PREFIX)) return api.serve(request, response, url);
    if (isBelow(url, '/api')) {
      const message = `Not in the sandbox: ${request.method} ${url.pathname}`;
      site.log(message);
      const body = new ApiError(501, message).toBody();
      return send(request, response, { status: 501, body });
    }
    if (isGitRequest(url)) return serveGit(site, { request, response, url });
    return web.serve(request, response, url);
  }

  return (request: IncomingMessage, response: ServerResponse) => {
    serve(request, response).catch(error => {
      const reason = isError(error) ? error.stack ?? error.message : 'unknown';
      // A client that has gone away is no news.
      if (!response.destroyed) {
        site.log(`${request.method} ${request.url} failed: ${reason}`);
      }
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  };
}

function isBelow(url: URL, prefix: string): boolean {
  return url.pathname === prefix || url.pathname.startsWith(`${prefix}/`);
}

function requestId(): string {
  return randomUUID().toUpperCase().split('-').slice(0, 5).join(':');
}
