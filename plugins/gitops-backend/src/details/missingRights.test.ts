import { ScriptedArgocd } from '../__testUtils__/ScriptedArgocd';
import { argoJson } from '../__testUtils__/argoApplication';
import { argocdBlock, gitopsBlock } from '../__testUtils__/environments';
import {
  component,
  type Gitops,
  startGitops,
} from '../__testUtils__/startGitops';

jest.setTimeout(60_000);

const POD = { kind: 'Pod', namespace: 'cart', name: 'cart-1', uid: 'uid-1' };
const LOGS = '/logs?podNamespace=cart&pod=cart-1';

/** As Argo CD's API refuses. */
const DENIED = {
  status: 403,
  body: { code: 7, message: 'permission denied: of the account portal-bot' },
};
/** As its streams do. */
const STREAM_DENIED = {
  status: 403,
  body: { error: { grpc_code: 7, http_code: 403, message: 'portal-bot' } },
};

describe('a right that the portal lacks in Argo CD', () => {
  let argocd: ScriptedArgocd;
  let gitops: Gitops;

  beforeEach(async () => {
    argocd = await ScriptedArgocd.start();
    argocd.put(argoJson());
    argocd.nodes = [POD];
    gitops = await startGitops({
      config: { gitops: gitopsBlock, argocd: argocdBlock(argocd.url, 'token') },
      entities: [component('cart')],
    });
    await gitops.untilDeployments(({ items }) => items.length === 1);
  });

  afterEach(async () => {
    await gitops?.stop();
    await argocd?.stop();
  });

  const urlOf = (path: string) =>
    `/v1/deployments/main/argocd/cart-dev-dev${path}${
      path.includes('?') ? '&' : '?'
    }entityRef=component:default/cart`;

  it.each([
    [LOGS, '/logs', STREAM_DENIED, 'logs, get'],
    // Where the stream had begun.
    [LOGS, '/logs', { ...STREAM_DENIED, status: 200 }, 'logs, get'],
    ['', 'cart-dev-dev?', DENIED, 'applications, get'],
    ['/resources', '/resource-tree', DENIED, 'applications, get'],
    ['/diff', '/managed-resources', DENIED, 'applications, get'],
    ['/events', '/events', DENIED, 'applications, get'],
    ['/sync-windows', '/syncwindows', DENIED, 'applications, get'],
    ['/revision', '/revisions/', DENIED, 'applications, get'],
  ])('is named, with where to give it: %s', async (...given) => {
    const [path, call, answer, right] = given;
    argocd.instead = { [call]: answer };

    const { status, body } = await gitops.get(urlOf(path));

    expect(status).toBe(502);
    expect(body.error).toMatchObject({
      failure: 'forbidden',
      message: expect.stringContaining(
        `Whoever runs Argo CD has to give it the right "${right}, services-dev/*"`,
      ),
    });
    expect(body.error.message).toContain('argocd-rbac-cm');
    expect(JSON.stringify(body)).not.toContain('portal-bot');
  });

  it('is named where it would tell the time zone of sync windows', async () => {
    const window = { kind: 'deny', schedule: '0 9 * * 1', duration: '8h' };
    argocd.instead = {
      '/syncwindows': {
        status: 200,
        body: { assignedWindows: [window], canSync: true },
      },
      '/projects/services-dev': DENIED,
    };

    const { body } = await gitops.get(urlOf('/sync-windows'));

    expect(body).toEqual({
      canSync: true,
      items: [{ ...window, manualSync: false, isActive: false }],
      incomplete: expect.stringMatching(
        /time zone .*"projects, get, services-dev"/,
      ),
    });
  });

  it('is named for who wants to sync', async () => {
    argocd.instead = { '/sync': DENIED };

    const { status, body } = await gitops.send('post', urlOf('/sync')).send({});

    expect(status).toBe(503);
    expect(body.error.message).toContain(
      'the right "applications, sync, services-dev/*"',
    );
  });

  it('is not what is missing where the credentials are refused', async () => {
    argocd.instead = {
      '/': { status: 401, body: { code: 16, message: 'no' } },
    };

    const read = await gitops.get(urlOf(LOGS));
    const sync = await gitops.send('post', urlOf('/sync')).send({});

    expect([read.status, sync.status]).toEqual([502, 502]);
    for (const { body } of [read, sync]) {
      expect(body.error).toMatchObject({
        failure: 'unauthorised',
        message: 'Argo CD refused the credentials of the portal',
      });
    }
  });
});
