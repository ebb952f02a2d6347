// Source that all demo services share.

export const DOCKERFILE = `FROM node:24-slim
WORKDIR /app
COPY package.json ./
COPY src ./src
USER node
EXPOSE 8080
CMD ["node", "src/server.ts"]
`;

export const SERVER = `import { createServer } from 'node:http';
import { routes } from './routes.ts';

export type Routes = Record<string, () => unknown>;

let ready = true;
const health: Routes = {
  '/healthz': () => 'ok',
  '/readyz': () => {
    if (!ready) throw new Error('Shutting down');
    return 'ok';
  },
};

export const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const route = health[pathname] ?? routes[pathname];
  try {
    response.statusCode = route ? 200 : 404;
    response.end(JSON.stringify(route ? route() : { error: 'Not found' }));
  } catch (error) {
    response.statusCode = 503;
    response.end(JSON.stringify({ error: String(error) }));
  }
  console.log(request.method, pathname, response.statusCode);
});

process.once('SIGTERM', () => {
  ready = false;
  server.close();
});

if (import.meta.main) {
  const port = Number(process.env.PORT ?? 8080);
  server.listen(port, () => console.log('Listening on', port));
}
`;

export const SERVER_TEST = `import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { server } from './server.ts';

test('says that it is alive', async () => {
  server.listen(0);
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const response = await fetch(\`http://localhost:\${port}/healthz\`);
  assert.equal(response.status, 200);
  server.close();
});
`;
