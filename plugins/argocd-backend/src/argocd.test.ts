import { mockCredentials } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { FixedArgocd } from './__testUtils__/FixedArgocd';
import { type Portal, startPortal } from './__testUtils__/startPortal';
import { until } from './__testUtils__/until';
import { APPLICATIONS, ENTITIES, SHA } from './__testUtils__/world';

jest.setTimeout(60_000);

/** Revisions that the history has are asked for, as they should be. */
const BENIGN = [SHA('1')];

const UI = 'https://argocd.acme.test';

describe('the routes of Roadie’s backend', () => {
  const argocd = new FixedArgocd(APPLICATIONS);
  const denied = new Set<string>();
  let portal: Portal;

  beforeAll(async () => {
    await argocd.start();
    portal = await startPortal({
      instances: [
        { name: 'main', url: argocd.url, frontendUrl: UI, token: 'secret' },
      ],
      entities: ENTITIES,
      denied,
    });
    await until(
      () => portal.get('/find/name/several'),
      ({ status }) => status === 200,
    );
  });

  beforeEach(() => denied.clear());

  afterAll(async () => {
    await portal?.stop();
    await argocd.stop();
  });

  const metadata = (name: string, revision: string) =>
    `/argoInstance/main/applications/name/${name}/revisions/${revision}/metadata`;

  it.each([
    ['/find/name/several', [{ name: 'main', url: UI, appName: ['several'] }]],
    [
      '/find/name/several?appNamespace=argocd&project=services-dev',
      [{ name: 'main', url: UI, appName: ['several'] }],
    ],
    ['/find/name/several?appNamespace=other', []],
    ['/find/name/several?appNamespace=&project=', expect.any(Array)],
    ['/find/name/hidden', []],
    ['/find/name/nowhere', []],
    [
      '/find/selector/team%3Dshop%2Ctier%3Dweb',
      [{ name: 'main', url: UI, appName: ['multi'] }],
    ],
    ['/find/selector/team', expect.any(Array)],
    ['/find/selector/team%3Dnone', []],
    [
      '/find/name/once?expand=applications',
      [
        expect.objectContaining({
          applications: [
            expect.objectContaining({
              metadata: expect.objectContaining({ name: 'once' }),
            }),
          ],
        }),
      ],
    ],
    ['/argoInstance/main/applications/selector/team%3Dnone', { items: [] }],
    [
      `/argoInstance/main/repo/${encodeURIComponent(
        'https://git.acme.test/acme/shop',
      )}/source/deploy`,
      true,
    ],
    [
      `/argoInstance/main/repo/${encodeURIComponent(
        'https://git.acme.test/acme/shop',
      )}/source/deploy%2Fdev`,
      false,
    ],
  ])('answer %s', async (path, expected) => {
    const { status, body } = await portal.get(path);

    expect(status).toBe(200);
    expect(body).toEqual(expected);
  });

  it('list what the caller may see, of what names its entity', async () => {
    const { body } = await portal.get('/allArgoApps/main');

    const { items } = body as { items: { metadata: { name: string } }[] };
    expect(items.map(({ metadata: { name } }) => name).sort()).toEqual([
      'chart',
      'fresh',
      'multi',
      'once',
      'several',
      'stuck',
    ]);
  });

  it.each([
    '/argoInstance/main/applications/name/several',
    '/argoInstance/main/applications/several',
  ])('answer one application at %s, oldest deployment first', async path => {
    const { body } = await portal.get(path);

    expect(body).toMatchObject({
      metadata: { name: 'several', instance: { name: 'main', url: UI } },
      status: {
        history: [
          { revision: SHA('1') },
          { revision: SHA('2') },
          { revision: SHA('3') },
        ],
      },
    });
  });

  it.each(['hidden', 'nowhere'])(
    'let nobody tell %s from what is not there',
    async name => {
      const { status, body } = await portal.get(
        `/argoInstance/main/applications/${name}`,
      );

      // As Argo CD answers: the community's frontend goes on then.
      expect(status).toBe(403);
      expect(JSON.stringify(body)).toContain('There is no such application');
      expect((await portal.get(metadata(name, SHA('1')))).status).toBe(404);
    },
  );

  it('tell who made a revision, without the address', async () => {
    const { body } = await portal.get(metadata('several', SHA('2')));

    expect(body).toEqual({
      revisionID: SHA('2'),
      author: 'Maya',
      date: '2026-01-02T03:00:00Z',
      message: 'Change 222',
      tags: [],
    });
  });

  it('ask Argo CD once for each revision, and else never', async () => {
    const { requests } = argocd;
    await portal.get(metadata('several', SHA('3')));
    const before = requests.length;

    for (let view = 0; view < 10; view += 1) {
      await portal.get('/find/name/several');
      await portal.get('/argoInstance/main/applications/name/several');
      await portal.get(metadata('several', SHA('3')));
      await portal.get(metadata('chart', '1.4.2'));
      await portal.get('/allArgoApps/main');
    }
    expect(requests.slice(before)).toEqual([]);
    expect(requests.filter(url => url.includes(SHA('3')))).toHaveLength(1);
  });

  it('have words for a commit that Argo CD cannot tell', async () => {
    argocd.lost.add(SHA('5'));

    const { status, body } = await portal.get(metadata('multi', SHA('5')));

    expect(status).toBe(200);
    expect(body).toMatchObject({
      revisionID: SHA('5'),
      author: 'unknown',
      message: 'Argo CD could not tell who made this commit',
    });
  });

  it('tell nothing of revisions that were not deployed', async () => {
    expect((await portal.get(metadata('once', SHA('2')))).status).toBe(404);
  });

  it('show no history where the platform does not say whose it is', async () => {
    const { body } = await portal.get(
      '/argoInstance/main/applications/status-only',
    );

    expect(body).toMatchObject({
      status: {
        sync: { status: 'Synced' },
        history: [],
        summary: { images: [] },
      },
    });
    const { status } = await portal.get(metadata('status-only', SHA('1')));
    expect(status).toBe(403);
  });

  it.each([
    '/allArgoApps/main',
    '/find/name/once',
    '/find/selector/tier',
    '/argoInstance/main/applications/once',
    '/argoInstance/main/applications/name/once',
    '/argoInstance/main/applications/selector/tier',
    '/argoInstance/main/repo/x/source/y',
    metadata('once', SHA('1')),
  ])('need the permission to see deployments: %s', async path => {
    denied.add('gitops.deployment.read');

    const { status, body } = await portal.get(path);

    expect(status).toBe(403);
    expect(JSON.stringify(body)).toContain('gitops.deployment.read');
  });

  it.each([
    ['callers without credentials', mockCredentials.none.header(), 401],
    ['other plugins', mockCredentials.service.header(), 403],
  ])('are not for %s', async (_, header, expected) => {
    const { status } = await portal.get('/find/name/once', header);

    expect(status).toBe(expected);
  });

  it.each([
    ['post', '/createArgo', 'gitops:register'],
    ['put', '/updateArgo/once', 'gitops:register'],
    ['post', '/sync', 'Deployments tab'],
    ['delete', '/argoInstance/main/applications/once', 'gitops:deregister'],
    [
      'delete',
      '/argoInstance/main/applications/once/operation',
      'Deployments tab',
    ],
  ] as const)('refuse %s %s, and say what to use', async (...given) => {
    const [method, path, instead] = given;

    const { status, text } = await portal.send(method, path);

    expect(status).toBe(501);
    expect(text).toContain(instead);
  });

  it.each([
    '/',
    '/check',
    '/argoInstance/other/applications/once',
    '/argoInstance/other/applications/selector/tier',
    '/allArgoApps/other',
    '/allArgoApps/http%3A%2F%2Fevil.test',
    '/argoInstance/main/applications/once/sync',
    '/argoInstance/main/applications/name/once/resource-tree',
  ])('are not there at %s', async path => {
    const before = argocd.requests.length;

    expect((await portal.get(path)).status).toBe(404);
    expect(argocd.requests.slice(before)).toEqual([]);
  });

  describe('with hostile names', () => {
    const NAMES = [
      '..',
      '../session',
      '..%2Fsession',
      'once/../../session',
      'once?refresh=hard',
      'once#',
      'once&project=x',
      'once\0',
      'once\r\nHost: evil.test',
      'Once',
      'önce',
      '\u202Eecno',
      'https://evil.test',
      'a'.repeat(5_000),
      ' ',
    ];
    /** Every place in which a name can be. */
    const paths = (name: string) => [
      `/find/name/${name}`,
      `/find/name/once?appNamespace=${name}`,
      `/find/name/once?project=${name}`,
      `/argoInstance/main/applications/${name}`,
      `/argoInstance/main/applications/name/${name}`,
      metadata(name, SHA('1')),
      metadata('once', name),
      `/allArgoApps/${name}`,
      `/argoInstance/${name}/applications/once`,
    ];

    it.each(NAMES)('like %j they refuse, and ask nobody', async name => {
      const before = argocd.requests.length;

      for (const encoded of [
        encodeURIComponent(name),
        encodeURIComponent(encodeURIComponent(name)),
      ]) {
        for (const path of paths(encoded)) {
          const { status } = await portal.get(path);
          expect({ path, refused: [400, 404].includes(status) }).toEqual({
            path,
            refused: true,
          });
        }
      }
      expect(argocd.requests.slice(before)).toEqual([]);
    });

    it('of any kind they never reach Argo CD', async () => {
      const before = argocd.requests.length;

      await fc.assert(
        fc.asyncProperty(
          fc.oneof(
            fc.string({ unit: 'binary', maxLength: 40 }),
            fc
              .array(
                fc.constantFrom('..', '/', '%2F', '%', '?', '#', 'once', '.'),
                { maxLength: 6 },
              )
              .map(parts => parts.join('')),
          ),
          async name => {
            fc.pre(!['', '.', '..', 'once', ...BENIGN].includes(name));
            const encoded = encodeURIComponent(name);
            for (const path of paths(encoded)) {
              expect((await portal.get(path)).status).toBeLessThan(500);
            }
          },
        ),
        { numRuns: 40 },
      );
      expect(argocd.requests.slice(before)).toEqual([]);
    });
  });
});
