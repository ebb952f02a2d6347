import {
  type HealthStatus,
  type Release,
  type SyncStatus,
  statesOf,
  UNBUILT_TAG,
} from '.';

function deployment(
  health: HealthStatus,
  sync: SyncStatus = 'Synced',
  release: Release = { version: '1.0.0', images: [] },
) {
  return {
    health: { status: health },
    sync: { status: sync },
    desired: release,
    live: release,
  };
}

describe('statesOf', () => {
  it.each([
    ['nothing', [], []],
    ['what is fine', [deployment('Healthy')], ['healthy']],
    [
      'what is fine but for one',
      [deployment('Healthy'), deployment('Degraded')],
      ['degraded'],
    ],
    [
      'what is healthy, and not as Git has it',
      [deployment('Healthy', 'OutOfSync')],
      ['out-of-sync'],
    ],
    [
      'several troubles, the worst first',
      [deployment('Progressing', 'OutOfSync'), deployment('Missing')],
      ['missing', 'out-of-sync', 'progressing'],
    ],
    [
      'what Argo CD could not compare',
      [deployment('Healthy', 'Unknown')],
      ['healthy'],
    ],
    [
      'what has no image yet',
      [
        deployment('Degraded', 'OutOfSync', {
          version: UNBUILT_TAG,
          images: [],
        }),
      ],
      ['unbuilt'],
    ],
  ])('of %s', (_, deployments, states) => {
    expect(statesOf(deployments)).toEqual(states);
  });
});
