import { mockCredentials } from '@backstage/backend-test-utils';
import { type Entity } from '@backstage/catalog-model';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  type ArgocdApplicationList,
  gitopsDeploymentReadPermission,
} from '@callboard/backstage-plugin-gitops-common';
import { createDeploymentConditionalDecision, deploymentConditions } from '..';
import { ScriptedArgocd } from '../__testUtils__/ScriptedArgocd';
import { argoJson, SHA_1, SHA_2 } from '../__testUtils__/argoApplication';
import { argocdBlock, gitopsBlock } from '../__testUtils__/environments';
import {
  component,
  type Gitops,
  startGitops,
} from '../__testUtils__/startGitops';
import { until } from '../__testUtils__/until';

jest.setTimeout(60_000);

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };
const LIST = '/v1/applications';

function owned(name: string, annotations: Record<string, string> = {}): Entity {
  return {
    ...component(name, annotations),
    relations: [{ type: 'ownedBy', targetRef: 'group:default/storefront' }],
  };
}

/** An Application that names no entity. */
function undeclared(
  name: string,
  changes: { metadata?: object; status?: object } = {},
) {
  return argoJson({
    ...changes,
    metadata: { name, annotations: null, ...changes.metadata },
  });
}

describe('applications by name and selector', () => {
  let argocd: ScriptedArgocd;
  let gitops: Gitops;
  let decide: (permission: string) => PolicyDecision;

  beforeAll(async () => {
    argocd = await ScriptedArgocd.start();
    argocd.put(argoJson());
    argocd.put(
      argoJson({
        metadata: {
          name: 'secret-dev-dev',
          annotations: { 'backstage.io/entity-ref': 'component:default/gone' },
        },
      }),
    );
    argocd.put(undeclared('by-name'));
    argocd.put(
      undeclared('by-labels', {
        metadata: { labels: { team: 'shop', tier: 'web', more: 'x' } },
      }),
    );
    argocd.put(undeclared('nobodys', { metadata: { labels: { a: 'b' } } }));
    argocd.put(undeclared('mine'));
    gitops = await startGitops({
      config: {
        gitops: gitopsBlock,
        argocd: argocdBlock(argocd.url, 'token'),
      },
      entities: [
        owned('cart'),
        owned('named', { 'argocd/app-name': 'by-name' }),
        owned('labelled', { 'argocd/app-selector': 'tier=web,team=shop' }),
        owned('claims', { 'argocd/app-name': 'cart-dev-dev' }),
        owned('elsewhere', {
          'argocd/app-name': 'nobodys',
          'argocd/instance-name': 'other',
        }),
        owned('mine', {
          'argocd/app-name': 'mine',
          'backstage.io/managed-by-location':
            'url:http://localhost:7080/acme/cart/blob/main/catalog-info.yaml',
        }),
      ],
      decide: permission => decide(permission),
    });
    decide = () => ALLOW;
    await until(
      () => list('name=mine'),
      ({ items }) => items.length === 1,
    );
  });

  beforeEach(() => {
    decide = () => ALLOW;
  });

  afterAll(async () => {
    await gitops?.stop();
    await argocd?.stop();
  });

  async function list(query: string): Promise<ArgocdApplicationList> {
    const { body, status } = await gitops.get(`${LIST}?${query}`);
    if (status !== 200) {
      throw new TypeError(JSON.stringify(body));
    }
    return body;
  }

  async function names(query: string): Promise<string[]> {
    const { items } = await list(query);
    return items.map(({ metadata }) => metadata.name);
  }

  async function history(name: string): Promise<number | undefined> {
    const { items } = await list(`name=${name}`);
    return items[0]?.status.history.length;
  }

  it.each<[string, string, string[]]>([
    ['by name', 'name=cart-dev-dev', ['cart-dev-dev']],
    ['where an annotation has the name', 'name=by-name', ['by-name']],
    [
      'by the selector of an annotation',
      'selector=tier%3Dweb,team%3Dshop',
      ['by-labels'],
    ],
    [
      'by name, where an annotation selects by two labels',
      'name=by-labels',
      ['by-labels'],
    ],
    [
      'by name on an instance, in a namespace and project',
      'name=by-name&instance=main&namespace=argocd&project=services-dev',
      ['by-name'],
    ],
    [
      'of an instance, as far as they name an entity',
      'instance=main',
      ['cart-dev-dev'],
    ],
    [
      'by source',
      'instance=main&repo=http%3A%2F%2Flocalhost%3A7080%2Facme%2Fcart.git&path=deploy%2Foverlays%2Fdev',
      ['cart-dev-dev'],
    ],
    [
      'but not of another folder',
      'instance=main&repo=http%3A%2F%2Flocalhost%3A7080%2Facme%2Fcart&path=deploy',
      [],
    ],
    ['but not in another namespace', 'name=by-name&namespace=other', []],
    ['but not in another project', 'name=by-name&project=other', []],
    ['but not by somebody’s own selector', 'selector=team%3Dshop', []],
    [
      'but not where the entity is not in the catalog',
      'name=secret-dev-dev',
      [],
    ],
    ['but not where no entity has it', 'name=nobodys', []],
    ['but not where there is none', 'name=none', []],
  ])('are found %s', async (_, query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  it('are shown with their history where something proves whose they are', async () => {
    expect(await history('cart-dev-dev')).toBe(1);
    expect(await history('mine')).toBe(1);
    expect(await history('by-name')).toBe(0);
  });

  it('are not those of who may not read the deployment', async () => {
    decide = name =>
      name === gitopsDeploymentReadPermission.name
        ? createDeploymentConditionalDecision(
            gitopsDeploymentReadPermission,
            deploymentConditions.isEntityOwner({
              claims: ['group:default/other'],
            }),
          )
        : ALLOW;

    expect(await names('name=cart-dev-dev')).toEqual([]);
    expect(await names('name=by-name')).toEqual([]);
    expect(await names('instance=main')).toEqual([]);
  });

  it('need the permission to see any deployment', async () => {
    decide = name =>
      name === gitopsDeploymentReadPermission.name ? DENY : ALLOW;

    for (const path of [
      `${LIST}?name=none`,
      `${LIST}/revision?instance=main&name=none&revision=x`,
    ]) {
      expect((await gitops.get(path)).status).toBe(403);
    }
  });

  it('keep their history from who may not look into them', async () => {
    decide = name => (name === 'gitops.deployment.detail.read' ? DENY : ALLOW);

    expect(await history('cart-dev-dev')).toBe(0);
    const { status } = await gitops.get(revision('cart-dev-dev', SHA_1));
    expect(status).toBe(403);
  });

  it('cost no call of Argo CD’s, however often they are looked at', async () => {
    const before = argocd.requests.length;

    for (let view = 0; view < 20; view += 1) {
      await names('name=cart-dev-dev');
      await names('selector=tier%3Dweb,team%3Dshop');
      await names('instance=main');
    }
    expect(argocd.requests.slice(before)).toEqual([]);
  });

  function revision(name: string, sha: string): string {
    return `${LIST}/revision?instance=main&name=${name}&revision=${sha}`;
  }

  it('tell who made a revision, asked once for all applications', async () => {
    const answers = await Promise.all(
      ['cart-dev-dev', 'mine', 'cart-dev-dev'].map(name =>
        gitops.get(revision(name, SHA_1)),
      ),
    );

    expect(answers.map(({ body }) => body)).toEqual(
      Array(3).fill({
        revision: {
          kind: 'git',
          repo: 'http://localhost:7080/acme/cart',
          value: SHA_1,
        },
        author: 'Maya',
        at: '2026-01-02T03:00:00Z',
        message: 'Count again',
        tags: [],
      }),
    );
    expect(argocd.count('/revisions/')).toBe(1);
  });

  it.each([
    ['that was never deployed', 'cart-dev-dev', SHA_2, 404],
    ['of an application of somebody else', 'secret-dev-dev', SHA_1, 404],
    ['of an application whose status only is shown', 'by-name', SHA_1, 403],
  ])('tell nothing of a revision %s, and ask nobody', async (...given) => {
    const [, name, sha, status] = given;
    const before = argocd.requests.length;

    expect((await gitops.get(revision(name, sha))).status).toBe(status);
    expect(argocd.requests.slice(before)).toEqual([]);
  });

  it('know no instance but the configured', async () => {
    const { status } = await gitops.get(`${LIST}?instance=http://evil.test`);

    expect(status).toBe(404);
  });

  it.each([
    '',
    'name=',
    'namespace=argocd',
    'name=Cart',
    'name=..%2f..%2fsession',
    'name=cart%2f..',
    'name=%252e%252e',
    'name=cart%00',
    'name=cart%3Fx',
    `name=${'a'.repeat(254)}`,
    'name=c%C3%A4rt',
    'name=cart&name=web',
    'name=cart&namespace=..',
    'name=cart&project=%2F',
    'name=cart&refresh=hard',
    'selector=a%3Db%26name%3Dx',
    'selector=..%2F..',
    'instance=main&repo=x',
    'instance=main&path=x',
  ])('are not asked for by “%s”', async query => {
    const before = argocd.requests.length;

    expect((await gitops.get(`${LIST}?${query}`)).status).toBe(400);
    expect(argocd.requests.slice(before)).toEqual([]);
  });

  it('are not for callers without credentials', async () => {
    const header = mockCredentials.none.header();

    expect((await gitops.get(`${LIST}?name=x`, header)).status).toBe(401);
  });

  it('that cannot be read at the moment say so', async () => {
    argocd.status = 401;
    argocd.dropStreams();
    try {
      const { items, sources } = await until(
        () => list('name=cart-dev-dev'),
        answer => answer.sources[0]?.state === 'unauthorised',
      );
      expect(sources).toHaveLength(1);
      expect(items[0]?.status).toMatchObject({
        sync: { status: 'Synced' },
        conditions: [{ type: 'InstanceNotRead' }],
      });
    } finally {
      argocd.status = 200;
    }
  });
});
