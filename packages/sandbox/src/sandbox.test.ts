import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { SANDBOX_ARGOCD_TOKEN } from './argocd/api/tokens';
import { tokenOf } from './demo/organisation';
import { type Sandbox, startSandbox } from './sandbox';
import { commitFiles } from './testing/commitFiles';
import { until } from './testing/until';

jest.setTimeout(120_000);

describe('the sandbox', () => {
  let sandbox: Sandbox;
  let dataDir: string;

  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'sandbox-'));
    sandbox = await startSandbox({
      dataDir,
      timings: { buildMs: 50, readyAfterMs: 200, progressDeadlineMs: 1500 },
    });
    await until('all applications have settled', settled);
  });

  afterAll(async () => {
    await sandbox?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('runs everything, and only what is meant to be is in trouble', async () => {
    const applications = await list();
    expect(applications).toHaveLength(3 + 7 * 4 + 1 + 2);
    expect(troubled(applications)).toEqual({
      'inventory-production-prod-eu1': 'OutOfSync Healthy',
      'inventory-production-prod-us1': 'OutOfSync Healthy',
      'notifications-dev-dev': 'Synced Degraded',
      'pricing-dev-dev': 'Synced Degraded',
      'pricing-staging-staging': 'OutOfSync Healthy',
      'search-staging-staging': 'Synced Degraded',
    });
  });

  it('builds what is pushed and brings it to dev', async () => {
    await push('cart', 'Say hello', { 'src/hello.ts': 'export {};\n' });
    await until('dev runs 1.0.6', async () => {
      const cart = await get('cart-dev-dev', 'services-dev', '?refresh=normal');
      return (
        healthy(cart) && images(cart).some(image => image.includes('1.0.6'))
      );
    });
    expect(await overlay('cart')).toContain('newTag: "1.0.6"');
    expect(sandbox.registry.has('ghcr.io/acme/cart:1.0.6')).toBe(true);
  });

  it('builds the first image of a service that waits for it', async () => {
    await push('notifications', 'First', { 'src/first.ts': 'export {};\n' });
    await until('the overlay names it', async () =>
      (await overlay('notifications')).includes('newTag: "1.0.1"'),
    );
    expect(sandbox.registry.has('ghcr.io/acme/notifications:1.0.1')).toBe(true);
  });

  it('releases nothing when the build fails, and says so', async () => {
    const before = await overlay('web');
    const sha = await push('web', 'Break [fail ci]', { 'src/x.ts': '' });
    await until('the build has failed', async () => {
      const [newest] = await rest<{ state: string }[]>(
        `repos/acme/web/commits/${sha}/statuses`,
      );
      return newest?.state === 'failure';
    });
    expect(await overlay('web')).toBe(before);
  });

  it('does not build what only changes the deployment', async () => {
    const before = await overlay('payments');
    await push('payments', 'More memory', { 'deploy/base/README.md': 'x\n' });
    await sandbox.robot.idle();
    expect(await overlay('payments')).toBe(before);
  });

  it('lets nobody but the portal by the review of the platform repository', async () => {
    const repository = 'acme/gitops-infra';
    const write = (login: string) =>
      fetch(`${sandbox.git.url}/api/v3/repos/${repository}/contents/x.md`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${tokenOf(login)}` },
        body: JSON.stringify({ message: 'x', content: '', branch: 'main' }),
      });
    const mayas = await write('maya');
    expect(mayas.status).toBeGreaterThanOrEqual(400);
    expect(await mayas.text()).toContain('pull request');
    expect((await write('build-robot')).status).toBeGreaterThanOrEqual(400);
    expect((await write('callboard')).status).toBe(201);
  });

  it('keeps everything over a restart', async () => {
    const before = await overlay('cart');
    await sandbox.stop();
    // The repositories name the Git hosting by its address.
    sandbox = await startSandbox({ dataDir, gitPort: portOf(sandbox.git.url) });
    expect(await overlay('cart')).toBe(before);
    await sandbox.argocd.reconcileAll();
    await until('all applications have settled again', settled);
    expect(troubled(await list())).toEqual({
      'inventory-production-prod-eu1': 'OutOfSync Healthy',
      'inventory-production-prod-us1': 'OutOfSync Healthy',
      'pricing-dev-dev': 'Synced Degraded',
      'pricing-staging-staging': 'OutOfSync Healthy',
      'search-staging-staging': 'Synced Degraded',
    });
  });

  function push(service: string, message: string, files: Files) {
    const repository = `acme/${service}`;
    return commitFiles(sandbox.git.url, { repository, message, files });
  }

  async function overlay(service: string): Promise<string> {
    const url = `repos/acme/${service}/contents/deploy/overlays/dev/kustomization.yaml`;
    const { content } = await rest<{ content: string }>(url);
    return Buffer.from(content, 'base64').toString();
  }

  async function rest<T>(url: string): Promise<T> {
    const response = await fetch(`${sandbox.git.url}/api/v3/${url}`, {
      headers: { authorization: `Bearer ${tokenOf('maya')}` },
    });
    return (await response.json()) as T;
  }

  async function argocd<T>(url: string): Promise<T> {
    const response = await fetch(`${sandbox.argocd.url}/api/v1/${url}`, {
      headers: { authorization: `Bearer ${SANDBOX_ARGOCD_TOKEN}` },
    });
    return (await response.json()) as T;
  }

  async function list(): Promise<Application[]> {
    return (
      (await argocd<{ items?: Application[] }>('applications')).items ?? []
    );
  }

  function get(name: string, project: string, query: string) {
    return argocd<Application>(
      `applications/${name}${query}&project=${project}`,
    );
  }

  async function settled(): Promise<boolean> {
    const applications = await list();
    const unsettled = ['Missing', 'Progressing', undefined];
    return (
      applications.length === 34 &&
      applications.some(drifted) &&
      applications.every(
        ({ status }) => !unsettled.includes(status?.health?.status),
      )
    );
  }
});

describe('a sandbox without services', () => {
  it('has the platform repository, and roots that wait for registrations', async () => {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'sandbox-'));
    const sandbox = await startSandbox({ dataDir, demo: false });
    const headers = { authorization: `Bearer ${SANDBOX_ARGOCD_TOKEN}` };
    await until('the roots are healthy', async () => {
      const url = `${sandbox.argocd.url}/api/v1/applications`;
      const list = await (await fetch(url, { headers })).json();
      const items: Application[] = list.items ?? [];
      return items.length === 3 && items.every(healthy);
    });
    expect(sandbox.git.admin.hasRepository('acme', 'gitops-infra')).toBe(true);
    expect(sandbox.git.admin.hasRepository('acme', 'cart')).toBe(false);
    await sandbox.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
});

describe('app-config.sandbox.yaml', () => {
  it('has the token of Argo CD', async () => {
    const file = path.resolve(__dirname, '../../../app-config.sandbox.yaml');
    const config = parse(await readFile(file, 'utf8'));
    const [{ instances }] = config.argocd.appLocatorMethods;
    expect(instances[0].token).toBe(SANDBOX_ARGOCD_TOKEN);
  });
});

type Files = Record<string, string>;

function portOf(url: string): number {
  return Number(new URL(url).port);
}

interface Application {
  metadata: { name: string };
  status: {
    sync?: { status: string };
    health?: { status: string };
    summary?: { images?: string[] };
  };
}

function healthy({ status }: Application): boolean {
  return (
    status?.sync?.status === 'Synced' && status.health?.status === 'Healthy'
  );
}

/** Somebody scales pricing by hand as soon as it runs in staging. */
function drifted({ metadata, status }: Application): boolean {
  return (
    metadata.name === 'pricing-staging-staging' &&
    status.sync?.status === 'OutOfSync'
  );
}

function images({ status }: Application): string[] {
  return status.summary?.images ?? [];
}

function troubled(applications: Application[]): Record<string, string> {
  return Object.fromEntries(
    applications
      .filter(application => !healthy(application))
      .map(({ metadata, status }) => [
        metadata.name,
        `${status.sync?.status} ${status.health?.status}`,
      ])
      .sort(),
  );
}
