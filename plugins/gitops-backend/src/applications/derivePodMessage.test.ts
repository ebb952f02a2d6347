import { type ArgoTreeNode } from '../argocd/detailSchema';
import { derivePodMessage } from './derivePodMessage';

const pod = (
  name: string,
  reason: string,
  more: Partial<ArgoTreeNode> & { restarts?: string } = {},
): ArgoTreeNode => {
  const { restarts, ...node } = more;
  return {
    kind: 'Pod',
    name,
    health: { status: 'Degraded' },
    info: [
      { name: 'Status Reason', value: reason },
      ...(restarts ? [{ name: 'Restart Count', value: restarts }] : []),
    ],
    ...node,
  };
};

describe('derivePodMessage', () => {
  it('names the pod, its reason and what the cluster says', () => {
    const message = 'Back-off pulling image "cart:9"';
    const stuck = pod('cart-1', 'ImagePullBackOff', {
      health: { status: 'Degraded', message },
    });

    expect(derivePodMessage([{ kind: 'Deployment' }, stuck])).toBe(
      'Pod cart-1: ImagePullBackOff, Back-off pulling image "cart:9"',
    );
  });

  it('counts the restarts', () => {
    expect(
      derivePodMessage([
        pod('cart-1', 'CrashLoopBackOff', {
          restarts: '1',
          health: { status: 'Degraded', message: 'back-off 10s restarting' },
        }),
      ]),
    ).toBe('Pod cart-1: CrashLoopBackOff, 1 restart');
    expect(
      derivePodMessage([pod('cart-1', 'Running', { restarts: '7' })]),
    ).toBe('Pod cart-1: crashed, and runs again, 7 restarts');
  });

  it('takes the newest of those that are stuck', () => {
    const stuck = [
      pod('old', 'Error', { createdAt: '2026-01-02T03:00:00Z' }),
      pod('new', 'ErrImagePull', { createdAt: '2026-01-02T04:00:00Z' }),
      pod('starting', 'ContainerCreating', {
        createdAt: '2026-01-02T05:00:00Z',
        health: { status: 'Progressing' },
      }),
    ];

    expect(derivePodMessage(stuck)).toBe('Pod new: ErrImagePull');
  });

  it.each([
    ['nothing is there', []],
    [
      'all pods are fine',
      [pod('a', 'Running', { health: { status: 'Healthy' } })],
    ],
    [
      'something else is degraded',
      [{ kind: 'Job', name: 'a', health: { status: 'Degraded' } }],
    ],
    [
      'nothing is known of the pod',
      [{ kind: 'Pod', name: 'a', health: { status: 'Degraded' } }],
    ],
  ])('says nothing where %s', (_, nodes) => {
    expect(derivePodMessage(nodes)).toBeUndefined();
  });
});
