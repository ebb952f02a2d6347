import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ArgocdApplicationList } from '@callboard/backstage-plugin-gitops-common';
import {
  type Sandbox,
  SANDBOX_ARGOCD_TOKEN,
  startSandbox,
} from '@callboard/sandbox';
import {
  component,
  type Portal,
  startPortal,
} from './__testUtils__/startPortal';
import { until } from './__testUtils__/until';

jest.setTimeout(120_000);

const SELECTOR = 'app.kubernetes.io/name=payments';

describe('a service of the demo organisation', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'argocd-backend-'));
  let sandbox: Sandbox;
  let portal: Portal;

  beforeAll(async () => {
    sandbox = await startSandbox({ dataDir });
    await sandbox.argocd.reconcileAll();
    portal = await startPortal({
      instances: [
        {
          name: 'main',
          url: sandbox.argocd.url,
          token: SANDBOX_ARGOCD_TOKEN,
        },
      ],
      gitUrl: sandbox.git.url,
      entities: [component('payments', { 'argocd/app-selector': SELECTOR })],
    });
  });

  afterAll(async () => {
    await portal?.stop();
    await sandbox?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }, 60_000);

  it('has its history and its commits', async () => {
    const url = `/argoInstance/main/applications/selector/${encodeURIComponent(
      SELECTOR,
    )}`;
    const { body } = await until(
      () => portal.get(url),
      answer =>
        answer.status === 200 &&
        (answer.body as ArgocdApplicationList).items.length === 4,
    );

    const { items } = body as ArgocdApplicationList;
    expect(items.map(({ metadata }) => metadata.name)).toEqual(
      expect.arrayContaining(['payments-dev-dev', 'payments-staging-staging']),
    );
    for (const { metadata, status } of items) {
      expect(status.sync.status).toBe('Synced');
      const revision = status.history.at(-1)?.revision;
      const commit = await portal.get(
        `/argoInstance/main/applications/name/${metadata.name}/revisions/${revision}/metadata`,
      );
      expect(commit).toMatchObject({
        status: 200,
        body: {
          revisionID: revision,
          author: expect.stringMatching(/^[^<]+$/),
          message: expect.stringMatching(/\S/),
        },
      });
    }
  });
});
