import { type DemoService } from './DemoService';
import { ORGANISATION } from './organisation';
import { workflow } from './workflow';

/** What a service's repository begins with, without its deploy folder. */
export function serviceFiles(
  service: DemoService,
  gitUrl: string,
): Record<string, string> {
  return {
    'README.md': readme(service),
    CODEOWNERS: `* @${ORGANISATION.login}/${service.owner}\n`,
    'catalog-info.yaml': catalogInfo(service, gitUrl),
    'package.json': packageJson(service.name),
    Dockerfile: DOCKERFILE,
    '.dockerignore': 'deploy\n.git\n.github\n',
    '.github/workflows/ci.yaml': workflow(service.name),
    'src/server.ts': SERVER,
    'src/server.test.ts': SERVER_TEST,
  };
}

function readme(service: DemoService): string {
  return `# ${service.name}

${service.description}.

- \`npm start\` runs it on port 8080, \`npm test\` tests it.
- A push to \`main\` builds an image and puts it into \`deploy/overlays/dev\`.
- \`deploy/overlays\` says what runs in each environment; Argo CD does the rest.
`;
}

/** The service as the catalog sees it. */
function catalogInfo(service: DemoService, gitUrl: string): string {
  const slug = `${ORGANISATION.login}/${service.name}`;
  return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${service.name}
  description: ${service.description}
  tags: [${service.tags.join(', ')}]
  annotations:
    github.com/project-slug: ${slug}
    backstage.io/source-location: url:${gitUrl}/${slug}/tree/main/
    callboard.dev/template: microservice
spec:
  type: service
  lifecycle: production
  owner: group:default/${service.owner}
  system: shop
`;
}

function packageJson(name: string): string {
  const content = {
    name,
    private: true,
    type: 'module',
    engines: { node: '>=24' },
    scripts: { start: 'node src/server.ts', test: 'node --test' },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

const DOCKERFILE = `FROM node:24-slim
WORKDIR /app
COPY package.json ./
COPY src ./src
USER node
EXPOSE 8080
CMD ["node", "src/server.ts"]
`;

const SERVER = `import { createServer } from 'node:http';
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
});

process.once('SIGTERM', () => {
  ready = false;
  server.close();
});

if (import.meta.main) {
  server.listen(Number(process.env.PORT ?? 8080));
}
`;

const SERVER_TEST = `import assert from 'node:assert/strict';
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
