import { type ResourceNode } from '@callboard/backstage-plugin-gitops-common';
import {
  allBranches,
  countNodes,
  filterTree,
  isProgressing,
  needsAttention,
  troubledBranches,
} from './resourceTree';

function node(
  kind: string,
  name: string,
  changes: Partial<ResourceNode> = {},
): ResourceNode {
  return {
    group: '',
    version: 'v1',
    kind,
    namespace: 'cart',
    name,
    images: [],
    facts: [],
    children: [],
    ...changes,
  };
}

const sick = node('Pod', 'cart-b', {
  health: { status: 'Degraded' },
  images: ['ghcr.io/acme/cart:1.0.7'],
});
const roots = [
  node('Service', 'cart', { health: { status: 'Healthy' }, sync: 'Synced' }),
  node('Deployment', 'cart', {
    health: { status: 'Healthy' },
    children: [
      node('ReplicaSet', 'cart-1', { children: [node('Pod', 'cart-a'), sick] }),
      node('ReplicaSet', 'cart-0', { children: [node('Pod', 'cart-c')] }),
    ],
  }),
];

const namesIn = (nodes: readonly ResourceNode[]): string[] =>
  nodes.flatMap(it => [`${it.kind}/${it.name}`, ...namesIn(it.children)]);

describe('filterTree', () => {
  it.each([
    ['', false, namesIn(roots)],
    ['', true, ['Deployment/cart', 'ReplicaSet/cart-1', 'Pod/cart-b']],
    ['CART-C', false, ['Deployment/cart', 'ReplicaSet/cart-0', 'Pod/cart-c']],
    [
      'acme/cart:1.0.7',
      false,
      ['Deployment/cart', 'ReplicaSet/cart-1', 'Pod/cart-b'],
    ],
    [
      'replicaset/cart-1',
      false,
      ['Deployment/cart', 'ReplicaSet/cart-1', 'Pod/cart-a', 'Pod/cart-b'],
    ],
    [
      'replicaset/cart-1',
      true,
      ['Deployment/cart', 'ReplicaSet/cart-1', 'Pod/cart-b'],
    ],
    ['nothing', false, []],
  ])('by “%s”, only trouble: %s', (text, onlyTrouble, names) => {
    expect(namesIn(filterTree(roots, { text, onlyTrouble }))).toEqual(names);
  });

  it('hands back the very tree where there is nothing to filter', () => {
    expect(filterTree(roots, { text: ' ', onlyTrouble: false })).toBe(roots);
  });
});

describe('branches', () => {
  it('are opened where something inside needs attention', () => {
    expect([...troubledBranches(roots)]).toEqual([
      '/ReplicaSet/cart/cart-1',
      '/Deployment/cart/cart',
    ]);
    expect(allBranches(roots).size).toBe(3);
  });

  it('count with what is inside', () => {
    expect(countNodes(roots)).toBe(7);
  });
});

describe('needsAttention', () => {
  it.each([
    [{}, false],
    [{ health: { status: 'Healthy' }, sync: 'Synced' }, false],
    [{ health: { status: 'Missing' } }, true],
    [{ sync: 'OutOfSync' }, true],
    [{ sync: 'Synced', requiresPruning: true }, true],
  ] as const)('with %j is %s', (changes, expected) => {
    expect(needsAttention(node('Pod', 'a', changes))).toBe(expected);
  });
});

describe('isProgressing', () => {
  it('looks inside', () => {
    expect(isProgressing(roots)).toBe(false);
    expect(
      isProgressing([
        node('Deployment', 'a', {
          children: [node('Pod', 'b', { health: { status: 'Progressing' } })],
        }),
      ]),
    ).toBe(true);
  });
});
