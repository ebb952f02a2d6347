import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { findKustomize } from '../kustomize/kustomizeBinary';
import { type SeedRepository } from './SeedRepository';
import { demoWorld } from './demoWorld';
import { ENVIRONMENTS } from './environments';
import { PEOPLE } from './organisation';
import { BOOTSTRAP_PATHS } from './platformRepository';
import { DEMO_SERVICES } from './services/all';

// Kustomize is another process, and starts as fast as the machine lets it.
jest.setTimeout(60_000);

const GIT_URL = 'http://localhost:7080';
const NOW = new Date('2026-03-14T15:09:26Z');
const world = demoWorld(DEMO_SERVICES, GIT_URL, NOW);
const everything = [world.platform, world.catalog, ...world.services];

describe('the demo organisation', () => {
  let folder: string;
  const everyManifest: Manifest[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'demo-'));
    await Promise.all(everything.map(repository => checkOut(repository)));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is the same each time', () => {
    const later = new Date('2026-03-14T23:59:59Z');
    expect(demoWorld(DEMO_SERVICES, GIT_URL, later)).toEqual(world);
  });

  it('knows the Git hosting by the address it is given', () => {
    const elsewhere = demoWorld(DEMO_SERVICES, 'http://localhost:1234', NOW);
    expect(JSON.stringify(elsewhere)).not.toContain('localhost:7080');
  });

  it.each(world.services.map(service => [service.name, service] as const))(
    'gives %s a history of several people, in order and in the past',
    (_, { commits }) => {
      const times = commits.map(({ at }) => at);
      expect(times).toEqual([...times].sort());
      expect(new Date(times.at(-1) ?? NOW).getTime()).toBeLessThan(
        NOW.getTime(),
      );
      expect(commits.length).toBeGreaterThanOrEqual(8);
      expect(commits.length).toBeLessThanOrEqual(20);
      expect(new Set(commits.map(({ author }) => author)).size).toBeGreaterThan(
        1,
      );
    },
  );

  it('registers everything in order, too', () => {
    const times = world.platform.commits.map(({ at }) => at);
    expect(times).toEqual([...times].sort());
  });

  it('has one Application for each service, environment and cluster, and two that nobody has in the catalog', async () => {
    const names = await applicationNames();
    expect(names).toHaveLength(7 * 4 + 1 + 2);
    expect(names).toContain('notifications-dev-dev');
    expect(names).toContain('web-production-prod-us1');
  });

  it.each(overlays())('builds %s %s into valid manifests', async (...args) => {
    const [service, environment] = args;
    const built = await build(
      path.join(service, 'deploy/overlays', environment),
    );
    const kinds = ['Deployment', 'Service'];
    const more = service === 'pricing' ? ['ConfigMap', 'Job', 'Secret'] : [];
    expect(built.map(({ kind }) => kind).sort()).toEqual(
      [...kinds, ...more].sort(),
    );
    for (const object of built) {
      expect(object.metadata?.namespace).toBe(`${service}-${environment}`);
    }
    everyManifest.push(...built);
    const deployment = JSON.stringify(built);
    const replicas = ENVIRONMENTS.find(({ name }) => name === environment);
    expect(deployment).toContain(`"replicas":${replicas?.replicas}`);
  });

  it.each(ENVIRONMENTS.map(({ name }) => [name]))(
    'builds what the root of %s applies',
    async environment => {
      const built = await build(`gitops-infra/clusters/${environment}/argocd`);
      expect(built.map(({ kind }) => kind)).toContain('AppProject');
      everyManifest.push(...built);
    },
  );

  it('applies only what Kubernetes and Argo CD accept', async () => {
    const files = filesOf(world.platform);
    const byHand = [
      ...BOOTSTRAP_PATHS,
      'components/disruption-budget/budget.yaml',
    ].flatMap(file => parse(files[file] ?? ''));
    expect(byHand.map(({ metadata }) => metadata?.name)).toEqual([
      'platform',
      'root-dev',
      'root-staging',
      'root-production',
      'one-at-a-time',
    ]);
    await validate([...everyManifest, ...byHand]);
    await expect(
      validate([{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' }]),
    ).rejects.toThrow('spec');
  });

  it('deploys only images that the registry has, but for the two in trouble', () => {
    const unknown = overlays().filter(([service, environment]) => {
      const text = overlayText(service, environment);
      const tag = /newTag: "(.*)"/.exec(text)?.[1];
      return !world.images.some(
        image => image.name === `ghcr.io/acme/${service}` && image.tag === tag,
      );
    });
    expect(unknown).toEqual([
      ['search', 'staging'],
      ['notifications', 'dev'],
      ['notifications', 'staging'],
      ['notifications', 'production'],
    ]);
  });

  it('leaves production of inventory to people', () => {
    const files = filesOf(world.platform);
    const manual = Object.keys(files)
      .filter(file => file.includes('/apps/'))
      .filter(file => !files[file]?.includes('automated:'));
    expect(manual).toEqual([
      'clusters/production/argocd/apps/inventory-production-prod-eu1.yaml',
      'clusters/production/argocd/apps/inventory-production-prod-us1.yaml',
    ]);
  });

  it('lets pricing drift in staging, and gives it a bad port in dev', () => {
    const files = filesOf(world.platform);
    const unhealed = Object.keys(files).filter(file =>
      files[file]?.includes('selfHeal: false'),
    );
    expect(unhealed).toEqual([
      'clusters/staging/argocd/apps/pricing-staging-staging.yaml',
    ]);
    const pricing = world.services.find(({ name }) => name === 'pricing');
    const ports = Object.entries(pricing ? filesOf(pricing) : {})
      .filter(([, text]) => text.includes('value: http\n'))
      .map(([file]) => file);
    expect(ports).toEqual(['deploy/overlays/dev/env.yaml']);
  });

  it('keeps every person and service in the catalog', () => {
    const files = filesOf(world.catalog);
    for (const { login } of PEOPLE) {
      expect(files['org.yaml']).toContain(`name: ${login}\n`);
    }
    for (const { name } of DEMO_SERVICES) {
      expect(files['all.yaml']).toContain(
        `${GIT_URL}/acme/${name}/blob/main/catalog-info.yaml`,
      );
    }
  });

  async function checkOut(repository: SeedRepository) {
    for (const [file, text] of Object.entries(filesOf(repository))) {
      const target = path.join(folder, repository.name, file);
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, text);
    }
  }

  async function build(directory: string): Promise<Manifest[]> {
    const { stdout } = await promisify(execFile)(findKustomize(), [
      'build',
      path.join(folder, directory),
    ]);
    return parse(stdout);
  }

  async function applicationNames() {
    const roots = await Promise.all(
      ENVIRONMENTS.map(({ name }) =>
        build(`gitops-infra/clusters/${name}/argocd`),
      ),
    );
    return roots
      .flat()
      .filter(({ kind }) => kind === 'Application')
      .map(({ metadata }) => metadata?.name);
  }
});

interface Manifest {
  apiVersion: string;
  kind: string;
  metadata?: { name: string; namespace?: string };
}

function parse(text: string): Manifest[] {
  return parseAllDocuments(text).map(document => document.toJS() as Manifest);
}

// The models are ES modules, which jest does not load.
const VALIDATE = `
  import * as argo from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1';
  import * as apps from 'kubernetes-models/apps/v1';
  import * as batch from 'kubernetes-models/batch/v1';
  import * as policy from 'kubernetes-models/policy/v1';
  import * as core from 'kubernetes-models/v1';
  const models = { ...argo, ...apps, ...batch, ...policy, ...core };
  for (const manifest of JSON.parse(process.env.MANIFESTS)) {
    new models[manifest.kind](manifest).validate();
  }
`;

/** Fails with the first manifest that Kubernetes would refuse. */
async function validate(manifests: Manifest[]): Promise<void> {
  expect(manifests).not.toEqual([]);
  await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', VALIDATE],
    { env: { MANIFESTS: JSON.stringify(manifests) } },
  );
}

function filesOf(repository: SeedRepository): Record<string, string> {
  const files: Record<string, string> = {};
  for (const commit of repository.commits) {
    for (const [file, text] of Object.entries(commit.files)) {
      if (text === null) {
        delete files[file];
      } else {
        files[file] = text;
      }
    }
  }
  return files;
}

function overlays(): [service: string, environment: string][] {
  return DEMO_SERVICES.flatMap(({ name }) =>
    ENVIRONMENTS.map(
      environment => [name, environment.name] as [string, string],
    ),
  );
}

function overlayText(service: string, environment: string): string {
  const repository = world.services.find(({ name }) => name === service);
  const files = repository ? filesOf(repository) : {};
  return files[`deploy/overlays/${environment}/kustomization.yaml`] ?? '';
}
