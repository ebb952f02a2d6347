import {
  coreServices,
  createServiceFactory,
  type RootLoggerService,
} from '@backstage/backend-plugin-api';
import fc from 'fast-check';
import { ScriptedArgocd } from '../__testUtils__/ScriptedArgocd';
import { argoJson } from '../__testUtils__/argoApplication';
import { argocdBlock, gitopsBlock } from '../__testUtils__/environments';
import {
  component,
  type Gitops,
  startGitops,
} from '../__testUtils__/startGitops';

jest.setTimeout(120_000);

const TOKEN = 'token-that-nobody-sees';
const CART = 'component:default/cart';
const INPUTS = 1_000;

/** What breaks addresses, queries, headers, selectors, patterns and pages. */
const PIECES = [
  '..',
  '.',
  '/',
  '//',
  '\\',
  '%2F',
  '%252F',
  '%2e%2e',
  '%00',
  '%',
  '?',
  '#',
  '&',
  '=',
  ';',
  ',',
  '!',
  '(',
  ')',
  'in (',
  '*',
  '+',
  ' ',
  '\0',
  '\r\n',
  '\t',
  '"',
  "'",
  '`',
  '<script>',
  '${x}',
  '{{x}}',
  '../../../api/v1/session',
  '@',
  ':',
  '|',
  'http://',
  'cart',
  'cart-dev-dev',
  'argocd',
  'main',
  'constructor',
  '__proto__',
  'é',
  '\u202E',
  '\uFEFF',
  '𝕏',
  'ß',
  'İ',
  'a'.repeat(300),
  '9'.repeat(40),
];

const inputs = fc.sample(
  fc.oneof(
    fc
      .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 6 })
      .map(it => it.join('')),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
  ),
  { numRuns: INPUTS, seed: 20_260_101 },
);

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

type Ask = (input: string) => { get: string } | { post: string; body: object };

const in_ = encodeURIComponent;
const below = (path: string) =>
  `${path}${path.includes('?') ? '&' : '?'}entityRef=${in_(CART)}`;

/** Every place of the API that takes a text. */
const PLACES: Ask[] = [
  text => ({ get: `/v1/deployments?entityRef=${in_(text)}` }),
  text => ({ get: below(`/v1/deployments/${in_(text)}/argocd/cart-dev-dev`) }),
  text => ({
    get: below(`/v1/deployments/main/${in_(text)}/cart-dev-dev/diff`),
  }),
  text => ({
    get: below(`/v1/deployments/main/argocd/${in_(text)}/resources`),
  }),
  text => ({
    get: below(`/v1/deployments/main/argocd/${encodeURI(text)}/events`),
  }),
  text => ({
    get: below(
      `/v1/deployments/main/argocd/cart-dev-dev/logs?podNamespace=cart&pod=${in_(
        text,
      )}`,
    ),
  }),
  text => ({
    get: below(
      `/v1/deployments/main/argocd/cart-dev-dev/logs?podNamespace=${in_(
        text,
      )}&pod=cart`,
    ),
  }),
  text => ({
    get: below(
      `/v1/deployments/main/argocd/cart-dev-dev/logs?podNamespace=a&pod=b&container=${in_(
        text,
      )}`,
    ),
  }),
  text => ({ get: `/v1/applications?instance=${in_(text)}` }),
  text => ({ get: `/v1/applications?instance=main&name=${in_(text)}` }),
  text => ({ get: `/v1/applications?instance=main&namespace=${in_(text)}` }),
  text => ({ get: `/v1/applications?selector=${in_(text)}` }),
  text => ({
    get: `/v1/applications?instance=main&repo=${in_(text)}&path=${in_(text)}`,
  }),
  text => ({
    get: `/v1/applications/revision?instance=main&name=cart-dev-dev&revision=${in_(
      text,
    )}`,
  }),
  text => ({ get: `/v1/services/${in_(text)}` }),
  text => ({ get: `/v1/registrations?entityRef=${in_(text)}` }),
  text => ({ get: `/v1/${encodeURI(text)}` }),
  text => ({
    post: below('/v1/deployments/main/argocd/cart-dev-dev/sync'),
    body: {
      resources: [{ group: text, kind: text, namespace: text, name: text }],
    },
  }),
  text => ({
    post: below('/v1/deployments/main/argocd/cart-dev-dev/refresh'),
    body: { kind: text },
  }),
];

/** All that may be asked of Argo CD here: the names are those of its own applications. */
const MEANT =
  /^\/api\/v1\/(stream\/applications|applications|applications\/cart-dev-dev(\/(manifests|managed-resources|resource-tree|events|syncwindows|logs|sync|operation|revisions\/1{40}\/metadata))?)$/;
// 503: where new repositories go is not configured here.
const ANSWERED_WITH = [200, 202, 400, 403, 404, 502, 503];

describe('hostile input', () => {
  const logged: string[] = [];
  let argocd: ScriptedArgocd;
  let gitops: Gitops;

  beforeAll(async () => {
    argocd = await ScriptedArgocd.start();
    argocd.put(argoJson());
    // What answers as an Argo CD may be hostile, too.
    inputs
      .filter(name => !/^[a-z0-9.-]+$/.test(name))
      .forEach(name =>
        argocd.put(argoJson({ metadata: { name, annotations: null } })),
      );
    gitops = await startGitops({
      config: {
        gitops: { ...gitopsBlock, argocd: { apiUrls: { main: argocd.url } } },
        argocd: argocdBlock('https://argocd.acme.test', TOKEN),
      },
      entities: [
        component('cart'),
        ...inputs.map((text, index) =>
          component(`hostile-${index}`, {
            [ANNOTATIONS[index % ANNOTATIONS.length] ?? '']: text,
          }),
        ),
      ],
      features: [
        createServiceFactory({
          service: coreServices.rootLogger,
          deps: {},
          factory: () => loggerInto(logged),
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

  it(`in ${INPUTS} annotations selects nothing that is not meant`, async () => {
    for (const index of inputs.keys()) {
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

  it(`in ${INPUTS} requests reaches nothing that is not meant`, async () => {
    for (const [index, input] of inputs.entries()) {
      const place = PLACES[index % PLACES.length];
      const asked = place?.(input) ?? { get: '/' };
      const { status, text } = await ('get' in asked
        ? gitops.get(asked.get)
        : gitops.send('post', asked.post).send(asked.body));

      expect([asked, ANSWERED_WITH.includes(status) || status]).toEqual([
        asked,
        true,
      ]);
      expectNothingTold(text);
    }
  });

  it('leaves everything as it was', async () => {
    const { items, sources } = await gitops.deployments();

    expect(items).toHaveLength(1);
    expect(sources).toMatchObject([{ state: 'ok' }]);
    // Or the checks of what is logged would check nothing.
    expect(logged.length).toBeGreaterThan(0);
  });
});

function loggerInto(lines: string[]): RootLoggerService {
  const write = (message: string, meta?: unknown) => {
    lines.push(`${message} ${JSON.stringify(meta)}`);
  };
  const logger: RootLoggerService = {
    error: write,
    warn: write,
    info: write,
    debug: write,
    child: () => logger,
  };
  return logger;
}
