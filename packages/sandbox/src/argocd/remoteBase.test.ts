import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tokenOf } from '../demo/organisation';
import { type GitHosting, startGitHosting } from '../github/GitHosting';
import { commitFiles } from '../testing/commitFiles';
import { isHealthy, TestArgoCd } from './testing/TestArgoCd';
import {
  application,
  kustomization,
  overlay,
  project,
  PROD,
  serviceFiles,
} from './testing/manifests';

jest.setTimeout(60_000);

describe('a remote base', () => {
  let folder: string;
  let git: GitHosting;
  let argocd: TestArgoCd;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-remote-'));
    git = await startGitHosting({ dataDir: folder, port: 0, log: () => {} });
    const { admin } = git;
    await admin.createUser({ login: 'maya', name: 'Maya Okafor' });
    const members = ['maya'];
    await admin.createOrganization({ login: 'acme', name: 'Acme', members });
    const create = (name: string, files: Record<string, string>) =>
      admin.createRepository({
        owner: 'acme',
        name,
        description: '',
        commits: [
          {
            message: 'First',
            author: 'maya',
            at: '2026-01-01T00:00:00Z',
            files,
          },
        ],
      });
    await create('hello', serviceFiles('hello'));
    const base = `${git.url}/acme/hello//deploy/overlays/prod?ref=main`;
    await create('infra', {
      'bootstrap.yaml': `${project(
        'services',
        `${git.url}/acme/*`,
        PROD.server,
      )}---
${application(
  'root',
  { repoURL: `${git.url}/acme/infra`, path: 'services' },
  { namespace: 'hello-prod' },
)}`,
      'services/kustomization.yaml': kustomization([base]),
    });
    argocd = new TestArgoCd({
      git: { url: git.url, token: tokenOf('maya') },
      bootstrap: {
        repoURL: `${git.url}/acme/infra`,
        paths: ['bootstrap.yaml'],
      },
    });
    argocd.registry.push('ghcr.io/acme/hello', '1.0.0');
    argocd.registry.push('ghcr.io/acme/hello', '1.0.1');
    await argocd.start();
    await argocd.until('root', isHealthy);
  });

  afterEach(async () => {
    await argocd.cleanUp();
    await git.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('that moved is noticed only when Argo CD is told to forget', async () => {
    await commitFiles(git.url, {
      repository: 'acme/hello',
      message: 'Release 1.0.1',
      files: {
        'deploy/overlays/prod/kustomization.yaml': overlay('hello', '1.0.1'),
      },
    });

    const normal = await argocd.app('root', '?refresh=normal');
    expect(normal.status?.sync?.status).toBe('Synced');

    const hard = await argocd.app('root', '?refresh=hard');
    expect(hard.status?.sync?.revision).toBe(normal.status?.sync?.revision);
    const healed = await argocd.until(
      'root',
      found =>
        isHealthy(found) &&
        found.status?.summary?.images?.join() === 'ghcr.io/acme/hello:1.0.1',
    );
    // The revision is the same: it was self-heal, which the history leaves out.
    expect(healed.status?.history).toHaveLength(1);
  });

  it('that is broken breaks the whole build', async () => {
    await commitFiles(git.url, {
      repository: 'acme/hello',
      message: 'Break it',
      files: { 'deploy/overlays/prod/kustomization.yaml': 'resources: [x]\n' },
    });

    const hard = await argocd.app('root', '?refresh=hard');

    expect(hard.status?.sync?.status).toBe('Unknown');
    expect(hard.status?.conditions).toMatchObject([
      { type: 'ComparisonError' },
    ]);
  });
});
