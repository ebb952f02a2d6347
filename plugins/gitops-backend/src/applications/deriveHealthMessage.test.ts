import { deriveHealthMessage } from './deriveHealthMessage';

describe('deriveHealthMessage', () => {
  it('tells what the worst resource says', () => {
    expect(
      deriveHealthMessage([
        { kind: 'Service', name: 'cart', health: { status: 'Healthy' } },
        {
          kind: 'Ingress',
          name: 'cart',
          health: { status: 'Progressing', message: 'no address yet' },
        },
        {
          kind: 'Deployment',
          name: 'cart',
          health: {
            status: 'Degraded',
            message: 'Deployment "cart" exceeded its progress deadline',
          },
        },
      ]),
    ).toBe('Deployment cart: Deployment "cart" exceeded its progress deadline');
  });

  it('prefers one that says something', () => {
    expect(
      deriveHealthMessage([
        { kind: 'Job', name: 'a', health: { status: 'Degraded' } },
        {
          kind: 'Job',
          name: 'b',
          health: { status: 'Degraded', message: 'out of memory' },
        },
      ]),
    ).toBe('Job b: out of memory');
  });

  it('has words for one that says nothing', () => {
    expect(
      deriveHealthMessage([
        { kind: 'Deployment', name: 'cart', health: { status: 'Missing' } },
      ]),
    ).toBe('Deployment cart: is not in the cluster yet');
  });

  it('says nothing where all is well, or nothing is known', () => {
    expect(
      deriveHealthMessage([
        { kind: 'Service', name: 'cart', health: { status: 'Healthy' } },
        { kind: 'ConfigMap', name: 'cart' },
        { kind: 'X', name: 'cart', health: null },
      ]),
    ).toBeUndefined();
  });
});
