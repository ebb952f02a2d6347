import { type ResourceNode } from '@callboard/backstage-plugin-gitops-common';
import { type ArgoTreeNode } from '../argocd/detailSchema';
import { mapResourceTree } from './mapResourceTree';

const node = (
  kind: string,
  name: string,
  more: Partial<ArgoTreeNode> = {},
) => ({
  kind,
  name,
  namespace: 'cart-dev',
  uid: `${kind}-${name}`,
  ...more,
});
const ownedBy = (kind: string, name: string) => ({
  parentRefs: [{ kind, name, namespace: 'cart-dev', uid: `${kind}-${name}` }],
});

/** `Deployment cart > ReplicaSet cart-1 > …` for each leaf. */
function paths(nodes: readonly ResourceNode[], above = ''): string[] {
  return nodes.flatMap(({ kind, name, children }) => {
    const path = `${above}${kind} ${name}`;
    return children.length ? paths(children, `${path} > `) : [path];
  });
}

describe('mapResourceTree', () => {
  it('puts what came of a resource below it', () => {
    const { roots } = mapResourceTree(
      [
        node('Pod', 'cart-1-a', ownedBy('ReplicaSet', 'cart-1')),
        node('Service', 'cart'),
        node('ReplicaSet', 'cart-1', ownedBy('Deployment', 'cart')),
        node('Deployment', 'cart'),
      ],
      [],
    );

    expect(paths(roots)).toEqual([
      'Deployment cart > ReplicaSet cart-1 > Pod cart-1-a',
      'Service cart',
    ]);
  });

  it('tells of each node what is known', () => {
    const { roots } = mapResourceTree(
      [
        node('Deployment', 'cart', {
          group: 'apps',
          version: 'v1',
          health: { status: 'Degraded', message: 'https://u:p@host timed out' },
        }),
        node('Pod', 'cart-1', {
          images: ['cart:1'],
          createdAt: '2026-01-02T03:04:05Z',
          info: [
            { name: 'Containers', value: '0/1' },
            { name: 'Restart Count', value: '7' },
          ],
        }),
        // It does not exist yet.
        node('Service', 'cart', { uid: null, health: { status: 'Missing' } }),
      ],
      [
        {
          group: 'apps',
          kind: 'Deployment',
          namespace: 'cart-dev',
          name: 'cart',
          status: 'OutOfSync',
          requiresPruning: true,
        },
      ],
    );

    expect(roots).toEqual([
      expect.objectContaining({
        kind: 'Deployment',
        group: 'apps',
        version: 'v1',
        sync: 'OutOfSync',
        requiresPruning: true,
        health: { status: 'Degraded', message: 'https://…host timed out' },
      }),
      expect.objectContaining({
        images: ['cart:1'],
        restarts: 7,
        facts: ['0/1'],
        createdAt: '2026-01-02T03:04:05Z',
      }),
      expect.objectContaining({ health: { status: 'Missing' } }),
    ]);
    expect(roots[1]).not.toHaveProperty('sync');
  });

  it('loses nothing whose owner is not there, or which is its own', () => {
    const { roots } = mapResourceTree(
      [
        node('Pod', 'orphan', ownedBy('ReplicaSet', 'gone')),
        node('Pod', 'self', ownedBy('Pod', 'self')),
        node('A', 'one', ownedBy('B', 'two')),
        node('B', 'two', ownedBy('A', 'one')),
      ],
      [],
    );

    expect(paths(roots)).toEqual(['A one > B two', 'Pod orphan', 'Pod self']);
  });
});
