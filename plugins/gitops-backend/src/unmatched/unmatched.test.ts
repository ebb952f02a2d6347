import { mockCredentials } from '@backstage/backend-test-utils';
import { type Entity } from '@backstage/catalog-model';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  type Unmatched,
  type UnmatchedList,
} from '@callboard/backstage-plugin-gitops-common';
import { ScriptedArgocd } from '../__testUtils__/ScriptedArgocd';
import { argoJson } from '../__testUtils__/argoApplication';
import { argocdBlock, gitopsBlock } from '../__testUtils__/environments';
import {
  component,
  type Gitops,
  startGitops,
} from '../__testUtils__/startGitops';
import { until } from '../__testUtils__/until';

const PATH = '/v1/applications/unmatched';
const GIT = 'http://localhost:7080/acme';

/** A component whose file and source are in a repository. */
function inRepository(
  name: string,
  repository: string,
  annotations: Record<string, string> = {},
): Entity {
  const location = `url:${GIT}/${repository}/tree/main`;
  return {
    ...component(name, {
      'backstage.io/source-location': `${location}/`,
      'backstage.io/managed-by-location': `${location}/catalog-info.yaml`,
      ...annotations,
    }),
    relations: [{ type: 'ownedBy', targetRef: 'group:default/storefront' }],
  };
}

/** An Application without annotations and labels, but for what is given. */
function nameless(name: string, changes: Parameters<typeof argoJson>[0] = {}) {
  return argoJson({
    ...changes,
    metadata: { name, labels: {}, annotations: {}, ...changes.metadata },
  });
}

function from(repository: string, path: string = 'deploy') {
  return {
    source: {
      repoURL: `${GIT}/${repository}`,
      path,
      targetRevision: 'HEAD',
    },
  };
}

function naming(entityRef: string) {
  return { annotations: { 'backstage.io/entity-ref': entityRef } };
}

const APPLICATIONS = [
  // Fine: it names its entity, or its source is the entity's.
  argoJson(),
  nameless('web-dev', { spec: from('web') }),
  // Nobody's.
  nameless('stray-dev', { spec: from('stray', 'k8s') }),
  nameless('loose-dev', {
    spec: from('gitops-infra', 'shared'),
    metadata: { labels: { 'app.kubernetes.io/name': 'cart' } },
  }),
  nameless('gone-dev', {
    spec: from('gone'),
    metadata: naming('component:default/gone'),
  }),
  nameless('picky-other', {
    spec: from('picky'),
    metadata: naming('component:default/picky'),
  }),
  nameless('picky-dev', {
    spec: from('picky'),
    metadata: naming('component:default/picky'),
  }),
  nameless('shared-dev', { spec: from('shared', 'a') }),
  nameless('flags-dev', { spec: from('gitops-infra', 'flags') }),
  nameless('theirs-dev', {
    spec: { ...from('gitops-infra', 'theirs'), project: 'theirs' },
  }),
  // The root of an environment is nobody's on purpose.
  nameless('root-dev', {
    spec: {
      ...from('gitops-infra', 'clusters/dev/argocd'),
      project: 'platform',
    },
  }),
];

const ENTITIES = [
  inRepository('cart', 'cart'),
  inRepository('web', 'web'),
  inRepository('picky', 'picky', { 'argocd/app-name': 'picky-dev' }),
  inRepository('one', 'shared'),
  inRepository('two', 'shared'),
  inRepository('flags', 'software-catalog', { 'argocd/app-name': 'flags-dev' }),
  inRepository('theirs', 'elsewhere', { 'argocd/app-name': 'theirs-dev' }),
  inRepository('greedy', 'greedy', { 'argocd/app-name': 'web-dev' }),
  inRepository('thief', 'thief', { 'argocd/app-name': 'cart-dev-dev' }),
  inRepository('short', 'short', { 'argocd/app-name': 'cart' }),
  inRepository('planned', 'planned', { 'argocd/app-name': 'planned-dev' }),
  inRepository('broken', 'broken', { 'argocd/app-selector': 'team in (' }),
  inRepository('lost', 'lost', {
    'argocd/app-name': 'web-dev',
    'argocd/instance-name': 'us',
  }),
  inRepository('misplaced', 'misplaced', {
    'argocd/app-name': 'web-dev',
    'argocd/app-namespace': 'elsewhere',
  }),
  // Without annotation and application there is nothing to find.
  inRepository('idle', 'idle'),
  { ...component('website'), kind: 'API' },
];

describe('GET /v1/applications/unmatched', () => {
  let argocd: ScriptedArgocd;
  let gitops: Gitops;
  let permission: AuthorizeResult.ALLOW | AuthorizeResult.DENY;

  beforeAll(async () => {
    argocd = await ScriptedArgocd.start();
    APPLICATIONS.forEach(application => argocd.put(application));
    gitops = await startGitops({
      config: {
        gitops: { ...gitopsBlock, projectOwners: { theirs: 'storefront' } },
        argocd: argocdBlock(argocd.url, 'token'),
      },
      entities: ENTITIES,
      decide: name => ({
        result:
          name === 'gitops.setup.read' ? permission : AuthorizeResult.DENY,
      }),
    });
    permission = AuthorizeResult.ALLOW;
    await until(
      () => list(),
      ({ sources }) =>
        sources.find(({ name }) => name === 'argocd:main')?.state === 'ok',
    );
  });

  beforeEach(() => {
    permission = AuthorizeResult.ALLOW;
  });

  afterAll(async () => {
    await gitops?.stop();
    await argocd?.stop();
  });

  async function list(query: string = ''): Promise<UnmatchedList> {
    const { body } = await gitops.get(`${PATH}${query}`).expect(200);
    return body;
  }

  async function finding(id: string): Promise<Unmatched | undefined> {
    return (await list()).items.find(item => item.id === id);
  }

  it('finds everything that does not come together, and nothing else', async () => {
    const { items, counts, sources } = await list();

    expect(items.map(({ id }) => id)).toEqual([
      'claimed:main/argocd/cart-dev-dev:component:default/thief',
      'claimed:main/argocd/web-dev:component:default/greedy',
      'no-entity:main/argocd/loose-dev:',
      'no-entity:main/argocd/stray-dev:',
      'not-selected:main/argocd/picky-other:component:default/picky',
      'selects-nothing::component:default/broken',
      'selects-nothing::component:default/lost',
      'selects-nothing::component:default/misplaced',
      'selects-nothing::component:default/planned',
      'selects-nothing::component:default/short',
      'several-entities:main/argocd/shared-dev:',
      'unknown-entity:main/argocd/gone-dev:component:default/gone',
      'unproven:main/argocd/flags-dev:component:default/flags',
    ]);
    expect(counts).toEqual({
      claimed: 2,
      'no-entity': 2,
      'not-selected': 1,
      'selects-nothing': 5,
      'several-entities': 1,
      'unknown-entity': 1,
      unproven: 1,
    });
    expect(sources.map(({ name, state }) => [name, state])).toEqual([
      ['argocd:main', 'ok'],
      ['catalog', 'ok'],
    ]);
  });

  it.each<[string, RegExp, RegExp]>([
    [
      'claimed:main/argocd/cart-dev-dev:component:default/thief',
      /belongs to component:default\/cart: the Application names it/,
      /remove the annotations of component:default\/thief/,
    ],
    [
      'claimed:main/argocd/web-dev:component:default/greedy',
      /belongs to component:default\/web: its source is where/,
      /narrow or remove/,
    ],
    [
      'not-selected:main/argocd/picky-other:component:default/picky',
      /annotations of that entity select other applications only/,
      /without them it has all applications that name it/,
    ],
    [
      'selects-nothing::component:default/broken',
      /argocd\/app-selector: team in \(.*is no label selector/,
      /as Kubernetes does/,
    ],
    [
      'selects-nothing::component:default/lost',
      /no Argo CD instance us; the portal knows main/,
      /Name one of those/,
    ],
    [
      'selects-nothing::component:default/misplaced',
      /There is an Application web-dev on main in the namespace argocd/,
      /remove or correct the other annotations/,
    ],
    [
      'selects-nothing::component:default/planned',
      /No Application of the instances/,
      /nothing to do/,
    ],
    [
      'selects-nothing::component:default/short',
      /no Application cart, but there are cart-dev-dev/,
      /select them by a label/,
    ],
    [
      'several-entities:main/argocd/shared-dev:',
      /2 entities have this application.*component:default\/one, component:default\/two/,
      /Annotate the Application/,
    ],
  ])('says what is wrong with %s, and what to do', async (id, message, fix) => {
    const found = await finding(id);

    expect(found?.message).toMatch(message);
    expect(found?.fix.text).toMatch(fix);
  });

  it('has the annotation to paste, for the entity that it is likely to be', async () => {
    const loose = await finding('no-entity:main/argocd/loose-dev:');

    expect(loose?.fix.snippets).toEqual([
      {
        place: 'Application in the platform repository',
        text: 'metadata:\n  annotations:\n    backstage.io/entity-ref: component:default/cart\n',
      },
    ]);
  });

  it('has the source to paste, where nothing tells the entity', async () => {
    const stray = await finding('no-entity:main/argocd/stray-dev:');

    expect(stray?.fix.snippets?.[1]).toEqual({
      place: 'catalog-info.yaml of the component',
      text: `metadata:\n  annotations:\n    backstage.io/source-location: url:${GIT}/stray/tree/main/k8s/\n`,
    });
    expect(stray?.application).toEqual({
      instance: 'main',
      namespace: 'argocd',
      name: 'stray-dev',
      url: `${argocd.url}/applications/argocd/stray-dev`,
    });
  });

  it('does not offer to give away a project that services share', async () => {
    const flags = await finding(
      'unproven:main/argocd/flags-dev:component:default/flags',
    );

    expect(flags?.fix.snippets).toHaveLength(1);
  });

  it('filters, and still counts all reasons', async () => {
    const unproven = await list('?reason=unproven');
    const elsewhere = await list('?instance=us');

    expect(unproven.items).toHaveLength(1);
    expect(unproven.counts.claimed).toBe(2);
    expect(elsewhere.items).toEqual([]);
    expect((await list('?instance=main')).counts).not.toHaveProperty(
      'selects-nothing',
    );
  });

  it('goes through the pages without losing or repeating anything', async () => {
    const { items: all } = await list();
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page: UnmatchedList = await list(
        `?limit=3${cursor ? `&cursor=${cursor}` : ''}`,
      );
      expect(page.items.length).toBeLessThanOrEqual(3);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);

    expect(seen).toEqual(all.map(({ id }) => id));
  });

  it.each([
    'reason=bored',
    'limit=0',
    'limit=501',
    'cursor=%00',
    'cursor=!!',
    'unknown=1',
  ])('refuses %s', async query => {
    const { status } = await gitops.get(`${PATH}?${query}`);

    expect(status).toBe(400);
  });

  it('answers nobody without the permission', async () => {
    permission = AuthorizeResult.DENY;
    const { body } = await gitops.get(PATH).expect(403);

    expect(body.error.message).toContain('gitops.setup.read');
    await gitops.get(PATH, mockCredentials.none.header()).expect(401);
  });

  it('asks Argo CD nothing', async () => {
    const before = argocd.requests.length;
    await list();

    expect(argocd.requests.slice(before)).toEqual([]);
  });
});

it('says nothing of annotations while an instance was not read yet', async () => {
  const gitops = await startGitops({
    config: {
      gitops: gitopsBlock,
      argocd: argocdBlock('http://localhost:1', 'token'),
    },
    entities: ENTITIES,
  });
  try {
    const { body } = await gitops.get(PATH).expect(200);

    expect(body.items.map(({ id }: Unmatched) => id)).toEqual([
      'selects-nothing::component:default/lost',
    ]);
    expect(body.sources[0].state).not.toBe('ok');
  } finally {
    await gitops.stop();
  }
});
