import {
  type DeploymentEventList,
  type ResourceTree,
  type RevisionOriginList,
} from '@callboard/backstage-plugin-gitops-common';
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

const BROKEN = {
  status: 500,
  body: { code: 2, message: 'the repository is gone' },
};

const sources = ['cart', 'config'].map(name => ({
  repoURL: `http://localhost:7080/acme/${name}`,
  path: 'deploy',
  targetRevision: 'main',
}));

/** An application of two sources. */
const TWO_SOURCES = argoJson({
  spec: { source: undefined, sources },
  status: {
    sync: { status: 'Synced', revisions: [SHA_1, SHA_2] },
    history: [
      {
        id: 0,
        source: { repoURL: '' },
        sources,
        revisions: [SHA_1, SHA_2],
        deployedAt: '2026-01-02T03:04:00Z',
      },
    ],
  },
});

function pod(number: number, status = 'Degraded') {
  return {
    kind: 'Pod',
    namespace: 'cart',
    name: `cart-${number}`,
    uid: `uid-${number}`,
    createdAt: `2026-01-02T03:${10 + number}:00Z`,
    parentRefs: [{ kind: 'ReplicaSet', uid: 'uid-set' }],
    health: { status },
  };
}

const REPLICA_SET = {
  group: 'apps',
  kind: 'ReplicaSet',
  namespace: 'cart',
  name: 'cart',
  uid: 'uid-set',
  createdAt: '2026-01-02T03:30:00Z',
  health: { status: 'Healthy' },
};

const backOff = (number: number, at: string) => ({
  body: {
    items: [
      {
        type: 'Warning',
        reason: 'BackOff',
        message: 'Back-off restarting failed container',
        lastTimestamp: at,
        involvedObject: {
          kind: 'Pod',
          namespace: 'cart',
          name: `cart-${number}`,
        },
      },
    ],
  },
});

describe('pieces of the details', () => {
  let argocd: ScriptedArgocd;
  let gitops: Gitops;

  beforeEach(async () => {
    argocd = await ScriptedArgocd.start();
    argocd.put(TWO_SOURCES);
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

  const get = (path: string) =>
    gitops.get(
      `/v1/deployments/main/argocd/cart-dev-dev${path}?entityRef=component:default/cart`,
    );

  async function read<T>(path: string): Promise<T> {
    const { body } = await get(path).expect(200);
    return body;
  }

  describe('commits', () => {
    it('are told where another cannot be read, which says why', async () => {
      argocd.instead = { [`/revisions/${SHA_2}`]: BROKEN };

      const { items } = await read<RevisionOriginList>('/revision');

      expect(items).toEqual([
        expect.objectContaining({ author: 'Maya', message: 'Count again' }),
        {
          revision: expect.objectContaining({ value: SHA_2 }),
          tags: [],
          incomplete: expect.stringContaining('the repository is gone'),
        },
      ]);
      expect(items[0]).not.toHaveProperty('incomplete');
    });

    it('are asked for again when somebody tries again', async () => {
      argocd.instead = { '/revisions/': BROKEN };
      expect((await get('/revision')).status).toBe(502);

      argocd.instead = {};

      await until(
        async () => (await get('/revision')).status,
        status => status === 200,
        5_000,
      );
      expect((await get('/revision')).status).toBe(200);
    });
  });

  describe('resources', () => {
    it('are told where it is not known how they compare with Git', async () => {
      argocd.nodes = [pod(1)];
      argocd.instead = { 'cart-dev-dev?': BROKEN };

      const { roots, incomplete } = await read<ResourceTree>('/resources');

      expect(roots.map(({ name }) => name)).toEqual(['cart-1']);
      expect(incomplete).toMatch(/^Whether .* the repository is gone/);
    });

    it('are not told where nothing is known of them', async () => {
      argocd.instead = { '/resource-tree': BROKEN };

      expect((await get('/resources')).status).toBe(502);
    });
  });

  describe('events', () => {
    const askedFor = () =>
      argocd.requests.flatMap(url => {
        const { searchParams } = new URL(url, argocd.url);
        return url.includes('/events?')
          ? searchParams.get('resourceUID') ?? []
          : [];
      });

    it('are those of pods that are not well and of their owners, too', async () => {
      argocd.nodes = [
        REPLICA_SET,
        pod(1),
        pod(2, 'Healthy'),
        pod(3, 'Progressing'),
      ];
      argocd.instead = {
        'resourceName=cart-1': backOff(1, '2026-01-02T03:40:00Z'),
        'resourceName=cart-3': backOff(3, '2026-01-02T03:50:00Z'),
        // What somebody tells twice.
        'resourceName=cart&': backOff(1, '2026-01-02T03:40:00Z'),
      };

      const { items, incomplete } = await read<DeploymentEventList>('/events');

      expect(askedFor().sort()).toEqual(['uid-1', 'uid-3', 'uid-set']);
      expect(items.map(({ resource }) => resource?.name)).toEqual([
        'cart-3',
        'cart-1',
      ]);
      expect(incomplete).toBeUndefined();
    });

    it('are asked for of the newest ten, and it is said that there are more', async () => {
      argocd.nodes = Array.from({ length: 14 }, (_, number) => pod(number));

      const { incomplete } = await read<DeploymentEventList>('/events');

      expect(askedFor()).toHaveLength(10);
      expect(askedFor()).not.toContain('uid-3');
      expect(askedFor()).toContain('uid-4');
      expect(incomplete).toContain('the 10 newest of 14');
    });

    it('are told where those of one pod cannot be read', async () => {
      argocd.nodes = [pod(1), pod(2)];
      argocd.instead = {
        'resourceName=cart-1': BROKEN,
        'resourceName=cart-2': backOff(2, '2026-01-02T03:40:00Z'),
      };

      const { items, incomplete } = await read<DeploymentEventList>('/events');

      expect(items).toHaveLength(1);
      expect(incomplete).toContain('Pod cart-1: the repository is gone');
    });

    it('are told where the tree cannot be read', async () => {
      argocd.instead = {
        '/resource-tree': BROKEN,
        '/events': backOff(1, '2026-01-02T03:40:00Z'),
      };

      const { items, incomplete } = await read<DeploymentEventList>('/events');

      expect(items).toHaveLength(1);
      expect(incomplete).toContain('the repository is gone');
    });

    it('are not told where none can be read', async () => {
      argocd.nodes = [pod(1)];
      argocd.instead = { '/events': BROKEN };

      expect((await get('/events')).status).toBe(502);
    });
  });
});
