import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UNBUILT_TAG } from '@callboard/backstage-plugin-gitops-common';
import { Deployment } from 'kubernetes-models/apps/v1';
import { Service } from 'kubernetes-models/v1';
import { parse, parseAllDocuments } from 'yaml';
import { TemplateRunner } from './__testUtils__/TemplateRunner';
import { ABSENT, ANSWERS, ENVIRONMENTS } from './__testUtils__/answers';
import { type Files, writeFiles } from './__testUtils__/files';
import { build, type Kustomize, kustomizes } from './__testUtils__/kustomize';

const programs = kustomizes();
const MOST = 20;
const LONGEST_NAME = 'o'.repeat(40);
const ODD = `Says: "hello" & <good-bye> # {not} \${a} 'comment' – grüßt – \\n`;

const combinations = ['hello', LONGEST_NAME].flatMap(name =>
  [undefined, 'system:default/shop'].flatMap(system =>
    [1024, 8080, 65535].flatMap(port =>
      [0, 1, MOST].map(replicas => ({
        ...ANSWERS,
        name,
        description: ODD,
        ...(system && { system }),
        port,
        replicasDev: replicas,
        replicasStaging: replicas,
        replicasProduction: MOST - replicas,
      })),
    ),
  ),
);
type Answers = (typeof combinations)[number];

describe('the skeleton of a microservice', () => {
  let runner: TemplateRunner;
  let folder: string;

  beforeAll(async () => {
    runner = await TemplateRunner.start();
  }, 120_000);
  afterAll(() => runner.stop());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'skeleton-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function render(answers: Answers): Promise<Files> {
    const { name } = answers;
    const { files } = await runner.dryRun('microservice', answers, {
      'gitops:inspect': {
        ...ABSENT,
        webUrl: `http://localhost:7080/acme/${name}`,
        entityRef: `component:default/${name}`,
      },
    });
    await writeFiles(folder, files);
    return files;
  }

  it.each(combinations)(
    'is whole for $name, system $system, port $port, $replicasDev replicas',
    async answers => {
      const files = await render(answers);

      expect(leftOvers(files)).toEqual([]);
      expect(parse(files['catalog-info.yaml'] ?? '')).toEqual(
        expectedEntity(answers),
      );
      expect(JSON.parse(files['package.json'] ?? '')).toMatchObject({
        name: answers.name,
        description: ODD,
      });
      expect(JSON.parse(files['package-lock.json'] ?? '')).toMatchObject({
        name: answers.name,
        packages: { '': { name: answers.name } },
      });
      for (const environment of ENVIRONMENTS) {
        for (const kustomize of programs) {
          expectManifests(kustomize, { folder, environment, answers });
        }
      }
    },
    60_000,
  );

  it('waits for its first build in every environment', async () => {
    const files = await render(ANSWERS);

    for (const environment of ENVIRONMENTS) {
      const overlay = parse(
        files[`deploy/overlays/${environment}/kustomization.yaml`] ?? '',
      );
      expect(overlay.images).toEqual([
        { name: 'hello', newName: 'ghcr.io/acme/hello', newTag: UNBUILT_TAG },
      ]);
      expect(overlay.labels[0].pairs['app.kubernetes.io/version']).toBe(
        UNBUILT_TAG,
      );
    }
  });

  it('listens where Kubernetes, the image and a person expect it', async () => {
    const files = await render({ ...ANSWERS, port: 9999 });

    expect(files['src/main.ts']).toContain('process.env.PORT ?? 9999');
    expect(files.Dockerfile).toContain('EXPOSE 9999');
    expect(files['deploy/base/deployment.yaml']).toContain(
      'containerPort: 9999',
    );
  });

  it('is reviewed by its owner', async () => {
    expect((await render(ANSWERS)).CODEOWNERS).toMatch(
      /^\* @acme\/storefront$/m,
    );
  });

  it('is no root in its container', async () => {
    const { Dockerfile = '' } = await render(ANSWERS);

    expect(Dockerfile.match(/^FROM /gm)).toHaveLength(2);
    expect(Dockerfile).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
  });
});

/** Placeholders that nothing was put in for, and YAML that cannot be read. */
function leftOvers(files: Files): string[] {
  return Object.entries(files).flatMap(([path, text]) => [
    ...(/values\.|\{%|\[object/.test(text) ? [path] : []),
    ...(/\.ya?ml$/.test(path)
      ? parseAllDocuments(text).flatMap(({ errors, warnings }) =>
          [...errors, ...warnings].map(({ message }) => `${path}: ${message}`),
        )
      : []),
  ]);
}

function expectedEntity({ name, system }: Answers) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      description: ODD,
      tags: ['nodejs'],
      annotations: {
        'github.com/project-slug': `acme/${name}`,
        'backstage.io/source-location': `url:http://localhost:7080/acme/${name}/tree/main/`,
        'callboard.dev/template': 'microservice',
      },
    },
    spec: {
      type: 'service',
      lifecycle: 'experimental',
      owner: 'group:default/storefront',
      ...(system && { system }),
    },
  };
}

function expectManifests(
  kustomize: Kustomize,
  of: { folder: string; environment: string; answers: Answers },
) {
  const { environment, answers } = of;
  const { name, port } = answers;
  const objects = build(
    kustomize,
    join(of.folder, 'deploy/overlays', environment),
  );
  const replicas = {
    dev: answers.replicasDev,
    staging: answers.replicasStaging,
    production: answers.replicasProduction,
  }[environment];

  expect(Object.keys(objects).sort()).toEqual(['Deployment', 'Service']);
  expect(() => new Deployment(objects.Deployment).validate()).not.toThrow();
  expect(() => new Service(objects.Service).validate()).not.toThrow();
  for (const { metadata } of Object.values(objects)) {
    expect(metadata).toMatchObject({
      name,
      namespace: `${name}-${environment}`,
      labels: {
        'app.kubernetes.io/name': name,
        'app.kubernetes.io/part-of': name,
        'app.kubernetes.io/version': UNBUILT_TAG,
      },
    });
  }
  // What the "restricted" Pod Security Standard asks for, and ours on top.
  expect(objects.Deployment.spec).toMatchObject({
    replicas,
    selector: { matchLabels: { 'app.kubernetes.io/name': name } },
    template: {
      metadata: { labels: { 'app.kubernetes.io/name': name } },
      spec: {
        automountServiceAccountToken: false,
        securityContext: {
          runAsNonRoot: true,
          seccompProfile: { type: 'RuntimeDefault' },
        },
        containers: [
          {
            image: `ghcr.io/acme/${name}:${UNBUILT_TAG}`,
            ports: [{ name: 'http', containerPort: port }],
            readinessProbe: { httpGet: { path: '/readyz', port: 'http' } },
            livenessProbe: { httpGet: { path: '/healthz', port: 'http' } },
            resources: { requests: { cpu: '50m' }, limits: {} },
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ['ALL'] },
            },
          },
        ],
      },
    },
  });
  expect(objects.Service.spec).toMatchObject({
    selector: { 'app.kubernetes.io/name': name },
    ports: [{ port: 80, targetPort: 'http' }],
  });
}
