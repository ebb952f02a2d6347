import { mapEvents } from './mapEvents';

describe('mapEvents', () => {
  it('tells the newest first, and what each is about', () => {
    expect(
      mapEvents([
        {
          type: 'Normal',
          reason: 'OperationStarted',
          message: 'admin initiated sync',
          firstTimestamp: '2026-01-02T03:00:00Z',
          involvedObject: {
            kind: 'Application',
            namespace: 'argocd',
            name: 'cart',
          },
        },
        {
          type: 'Warning',
          reason: 'BackOff',
          message: 'Back-off pulling https://me:secret@host/cart',
          count: 12,
          lastTimestamp: '2026-01-02T03:05:00Z',
          involvedObject: { kind: 'Pod', namespace: 'cart', name: 'cart-1' },
        },
        {},
      ]),
    ).toEqual([
      {
        type: 'Warning',
        reason: 'BackOff',
        message: 'Back-off pulling https://…host/cart',
        resource: { kind: 'Pod', namespace: 'cart', name: 'cart-1' },
        count: 12,
        at: '2026-01-02T03:05:00Z',
      },
      {
        type: 'Normal',
        reason: 'OperationStarted',
        message: 'admin initiated sync',
        count: 1,
        at: '2026-01-02T03:00:00Z',
      },
      { type: 'Normal', reason: '', message: '', count: 1 },
    ]);
  });
});
