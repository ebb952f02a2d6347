import { type HealthStatus } from '@callboard/backstage-plugin-gitops-common';
import { deployment, release } from '../testing/deployments';
import { lookOfHealth, lookOfSync } from './status';

describe('lookOfHealth', () => {
  it.each<[HealthStatus, string]>([
    ['Healthy', 'positive'],
    ['Progressing', 'announcement'],
    ['Suspended', 'announcement'],
    ['Degraded', 'negative'],
    ['Missing', 'warning'],
    ['Unknown', 'neutral'],
  ])('shows %s as %s', (status, tone) => {
    const look = lookOfHealth(deployment('dev', { health: { status } }));

    expect(look).toMatchObject({ tone, word: status });
  });

  it('does not alarm about a service that was never built', () => {
    const look = lookOfHealth(
      deployment('dev', {
        desired: release('unbuilt'),
        live: undefined,
        health: { status: 'Degraded' },
      }),
    );

    expect(look).toEqual({
      tone: 'neutral',
      icon: 'waiting',
      word: 'Degraded',
    });
  });
});

describe('lookOfSync', () => {
  it.each([
    ['Synced', undefined, 'positive', 'Synced'],
    ['OutOfSync', undefined, 'warning', 'Out of sync'],
    ['Unknown', undefined, 'neutral', 'Unknown'],
    ['Unknown', 'kustomize build failed', 'negative', 'Unknown'],
  ] as const)('shows %s (%s) as %s', (...[status, message, tone, word]) => {
    const sync = { status, ...(message && { message }) };

    expect(lookOfSync(deployment('dev', { sync }))).toMatchObject({
      tone,
      word,
    });
  });
});
