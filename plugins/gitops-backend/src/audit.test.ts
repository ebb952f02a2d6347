import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AuditorEvent,
  DefaultAuditorService,
} from '@backstage/backend-defaults/auditor';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  type Sandbox,
  SANDBOX_ARGOCD_TOKEN,
  startSandbox,
  tokenOf,
} from '@callboard/sandbox';
import { demoConfig, demoEntities } from './__testUtils__/demoConfig';
import { type Gitops, startGitops } from './__testUtils__/startGitops';

jest.setTimeout(90_000);

const PERSON = 'user:default/mock';
const CART = 'component:default/cart';
const DEPLOYMENT = {
  entityRef: CART,
  instance: 'main',
  namespace: 'argocd',
  name: 'cart-dev-dev',
};
const REGISTRATION = {
  entityRef: 'component:default/notifications',
  environment: 'staging',
  dryRun: true,
};

type Act = ['post' | 'delete', path: string, body?: object];

const below = (action: string, entityRef = CART) =>
  `/v1/deployments/main/argocd/cart-dev-dev/${action}?entityRef=${entityRef}`;

/** Everything that people can have done: what is asked, and what is written down. */
const ACTS: [eventId: string, act: Act, meta: object, outcome?: object][] = [
  [
    'deployment-sync',
    ['post', below('sync'), { dryRun: true }],
    { ...DEPLOYMENT, dryRun: true },
  ],
  [
    'deployment-refresh',
    ['post', below('refresh'), { kind: 'hard' }],
    { ...DEPLOYMENT, kind: 'hard' },
  ],
  [
    'registration-create',
    ['post', '/v1/registrations', REGISTRATION],
    REGISTRATION,
    { outcome: 'planned', commit: null, pullRequest: null },
  ],
  [
    'registration-delete',
    [
      'delete',
      `/v1/registrations?entityRef=${CART}&environment=dev&workloads=keep&dryRun=true`,
    ],
    { entityRef: CART, environment: 'dev', workloads: 'keep', dryRun: true },
    { outcome: 'planned', commit: null, pullRequest: null },
  ],
];

const TERMINATE: Act = ['post', below('terminate'), {}];

describe('the audit log', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gitops-backend-audit-'));
  const events: AuditorEvent[] = [];
  let result: AuthorizeResult.ALLOW | AuthorizeResult.DENY;
  let sandbox: Sandbox;
  let gitops: Gitops;

  beforeAll(async () => {
    result = AuthorizeResult.ALLOW;
    sandbox = await startSandbox({
      dataDir,
      timings: { lookOutIntervalMs: 3_600_000, readyAfterMs: 50 },
    });
    await sandbox.argocd.reconcileAll();
    gitops = await startGitops({
      config: demoConfig(sandbox),
      entities: demoEntities(sandbox, ['cart', 'notifications']),
      decide: () => ({ result }),
      features: [auditorInto(events)],
    });
    await gitops.untilDeployments(({ items }) => items.length === 4);
  });

  beforeEach(() => {
    events.length = 0;
    result = AuthorizeResult.ALLOW;
  });

  afterEach(expectNoSecrets);

  function expectNoSecrets(): void {
    const told = events.map(event => [
      JSON.stringify(event),
      'error' in event ? event.error.stack : '',
    ]);
    expect(told.join()).not.toMatch(
      new RegExp(`${SANDBOX_ARGOCD_TOKEN}|${tokenOf('callboard')}`),
    );
  }

  afterAll(async () => {
    await gitops?.stop();
    await sandbox?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const act = ([method, path, body]: Act) =>
    gitops.send(method, path).send(body);

  /** Of each event what does not differ from run to run. */
  const written = () =>
    events.map(({ eventId, severityLevel, actor, meta, status }) => ({
      eventId,
      severityLevel,
      actor: actor.actorId,
      meta,
      status,
    }));

  const event = (eventId: string, status: string, meta: object) => ({
    eventId,
    severityLevel: 'medium',
    actor: PERSON,
    meta: { ...meta, by: PERSON },
    status,
  });

  it.each(ACTS)('has who wanted a %s, and that it was done', async (...row) => {
    const [eventId, asked, meta, outcome] = row;

    expect((await act(asked)).status).toBeLessThan(300);

    expect(written()).toEqual([
      event(eventId, 'initiated', meta),
      event(eventId, 'succeeded', { ...meta, ...outcome }),
    ]);
    expect(events[0]?.request?.method).toBe(asked[0].toUpperCase());
  });

  it.each([
    ...ACTS,
    ['deployment-terminate', TERMINATE, DEPLOYMENT] as (typeof ACTS)[number],
  ])('has who was not allowed a %s', async (eventId, asked, meta) => {
    result = AuthorizeResult.DENY;

    expect((await act(asked)).status).toBe(403);

    expect(written()).toEqual([
      event(eventId, 'initiated', meta),
      event(eventId, 'failed', meta),
    ]);
    expect(events[1]).toMatchObject({ error: { name: 'NotAllowedError' } });
  });

  it('has what Argo CD refused, and why', async () => {
    expect((await act(TERMINATE)).status).toBe(409);

    expect(written().map(({ status }) => status)).toEqual([
      'initiated',
      'failed',
    ]);
    expect(events[1]).toMatchObject({
      eventId: 'deployment-terminate',
      error: {
        name: 'ConflictError',
        message: expect.stringContaining('No operation is in progress'),
      },
    });
  });

  it('has nothing of those who only look', async () => {
    await gitops.get(`/v1/registrations?entityRef=${CART}`).expect(200);
    await gitops
      .get(`/v1/deployments/main/argocd/cart-dev-dev?entityRef=${CART}`)
      .expect(200);

    expect(events).toEqual([]);
  });
});

/** The framework's auditor, which keeps what it would write. */
function auditorInto(events: AuditorEvent[]) {
  return createServiceFactory({
    service: coreServices.auditor,
    deps: {
      auth: coreServices.auth,
      httpAuth: coreServices.httpAuth,
      plugin: coreServices.pluginMetadata,
    },
    factory: deps =>
      DefaultAuditorService.create(event => {
        events.push(event);
      }, deps),
  });
}
