import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ScriptedArgocd } from '../__testUtils__/ScriptedArgocd';
import { argoJson } from '../__testUtils__/argoApplication';
import { createLog } from '../__testUtils__/createLog';
import { argocdBlock, gitopsBlock } from '../__testUtils__/environments';
import {
  component,
  type Gitops,
  startGitops,
} from '../__testUtils__/startGitops';
import { HOSTILE_TEXTS } from './__testUtils__/hostileTexts';
import { PLACES } from './__testUtils__/places';
import { KNOWN_ROUTES } from './__testUtils__/routes';

jest.setTimeout(120_000);

const TOKEN = 'token-that-nobody-sees';

/** Of all annotations that select, one is hostile. */
const ANNOTATIONS = [
  'argocd/app-name',
  'argocd/app-selector',
  'argocd/app-namespace',
  'argocd/instance-name',
  'argocd/project-name',
  'backstage.io/source-location',
  'github.com/project-slug',
];

/** All that may be asked of Argo CD here: the names are those of its own applications. */
const MEANT =
  /^\/api\/v1\/(stream\/applications|applications|applications\/cart-dev-dev(\/(manifests|managed-resources|resource-tree|events|syncwindows|logs|sync|operation|revisions\/1{40}\/metadata))?)$/;
// 503: where new repositories go is not configured here.
const ANSWERED_WITH = [200, 202, 400, 403, 404, 502, 503];

describe('hostile input', () => {
  const { lines: logged, logger } = createLog();
  let argocd: ScriptedArgocd;
  let gitops: Gitops;

  beforeAll(async () => {
    argocd = await ScriptedArgocd.start();
    argocd.put(argoJson());
    // What answers as an Argo CD may be hostile, too.
    HOSTILE_TEXTS.filter(name => !/^[a-z0-9.-]+$/.test(name)).forEach(name =>
      argocd.put(argoJson({ metadata: { name, annotations: null } })),
    );
    gitops = await startGitops({
      config: {
        gitops: { ...gitopsBlock, argocd: { apiUrls: { main: argocd.url } } },
        argocd: argocdBlock('https://argocd.acme.test', TOKEN),
      },
      entities: [
        component('cart'),
        ...HOSTILE_TEXTS.map((text, index) =>
          component(`hostile-${index}`, {
            [ANNOTATIONS[index % ANNOTATIONS.length] ?? '']: text,
          }),
        ),
      ],
      features: [
        createServiceFactory({
          service: coreServices.rootLogger,
          deps: {},
          factory: () => logger,
        }),
      ],
    });
    await gitops.untilDeployments(({ items }) => items.length === 1);
  });

  afterAll(async () => {
    await gitops?.stop();
    await argocd?.stop();
  });

  afterEach(() => {
    const paths = argocd.requests.map(url => url.split('?')[0]);
    // eslint-disable-next-line jest/no-standalone-expect -- holds after each
    expect(paths.filter(path => !MEANT.test(path ?? ''))).toEqual([]);
    const { host } = new URL(argocd.url);
    const told = logged.filter(
      line => line.includes(TOKEN) || line.includes(host),
    );
    // eslint-disable-next-line jest/no-standalone-expect -- holds after each
    expect(told).toEqual([]);
  });

  function expectNothingTold(text: string): void {
    expect(text).not.toContain(TOKEN);
    expect(text).not.toContain(new URL(argocd.url).host);
  }

  it(`in ${HOSTILE_TEXTS.length} annotations selects nothing that is not meant`, async () => {
    for (const index of HOSTILE_TEXTS.keys()) {
      const { status, text, body } = await gitops.get(
        `/v1/deployments?entityRef=component:default/hostile-${index}`,
      );

      expect(status).toBe(200);
      expectNothingTold(text);
      for (const { application, access } of body.items) {
        expect(application.name).toBe('cart-dev-dev');
        expect(access.may).toEqual([]);
      }
    }
  });

  it(`in ${HOSTILE_TEXTS.length} requests reaches nothing that is not meant`, async () => {
    for (const [index, input] of HOSTILE_TEXTS.entries()) {
      const place = PLACES[index % PLACES.length];
      const [method, path, body] = place?.(input) ?? ['get', '/'];
      const { status, text } = await (method === 'get'
        ? gitops.get(path)
        : gitops.send(method, path).send(body));
      const asked = [method, path, body];

      expect([asked, ANSWERED_WITH.includes(status) || status]).toEqual([
        asked,
        true,
      ]);
      expectNothingTold(text);
    }
  });

  it('is tried on every route that takes a text', () => {
    const asked = PLACES.map(place => place('x'))
      .map(([method, path]) => `${method.toUpperCase()} ${path}`)
      .map(it => it.replace(/\?.*/, ''));
    const untried = KNOWN_ROUTES.filter(route => {
      const pattern = new RegExp(`^${route.replace(/:\w+/g, '[^/]+')}$`);
      return !asked.some(it => pattern.test(it));
    });

    expect(untried).toEqual(['GET /v1/environments']);
  });

  it('leaves everything as it was', async () => {
    const { items, sources } = await gitops.deployments();

    expect(items).toHaveLength(1);
    expect(sources).toMatchObject([{ state: 'ok' }]);
    // Or the checks of what is logged would check nothing.
    expect(logged.length).toBeGreaterThan(0);
  });
});
