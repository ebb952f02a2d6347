import { json } from 'node:stream/consumers';
import { type EventsService } from '@backstage/plugin-events-node';
import { type Sandbox, tokenOf } from '@callboard/sandbox';
import { startHttpServer } from '../../__testUtils__/startHttpServer';

const EVENTS = ['pull_request', 'pull_request_review'];

/** The webhooks of pull requests, as the event plugins receive and publish them. */
export async function receivePullRequests(
  git: Sandbox['git'],
  events: EventsService,
) {
  const server = await startHttpServer(async (request, response) => {
    const topic = `github.${request.headers['x-github-event']}`;
    await events.publish({ topic, eventPayload: await json(request) });
    response.end();
  });
  const hooks = `${git.url}/api/v3/orgs/acme/hooks`;
  const headers = {
    authorization: `Bearer ${tokenOf('jonas')}`,
    'content-type': 'application/json',
  };
  const made = await fetch(hooks, {
    method: 'POST',
    headers,
    body: JSON.stringify({
      name: 'web',
      events: EVENTS,
      config: { url: server.url, content_type: 'json' },
    }),
  });
  const { id } = (await made.json()) as { id: number };
  return {
    async stop() {
      await fetch(`${hooks}/${id}`, { method: 'DELETE', headers });
      await server.stop();
    },
  };
}
