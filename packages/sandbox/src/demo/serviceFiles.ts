import { type DemoService } from './DemoService';
import { ORGANISATION } from './organisation';
import { DOCKERFILE, SERVER, SERVER_TEST } from './serviceSource';
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
    callboard.dev/template: microservice${
      service.annotation ? `\n    ${service.annotation}` : ''
    }
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
