import { deployment, release } from '../testing/deployments';
import { glanceAtEnvironments, lastEnvironment, lookOfAll } from './glance';
import { versionText } from './version';

const glance = (...deployments: Parameters<typeof glanceAtEnvironments>[0]) =>
  glanceAtEnvironments(deployments).map(({ name, versions, look }) => [
    name,
    versions.map(versionText).join(', '),
    look.word,
  ]);

describe('a service at a glance', () => {
  it('is nowhere', () => {
    expect(glance()).toEqual([]);
    expect(lookOfAll([])).toBeUndefined();
    expect(lastEnvironment([])).toBeUndefined();
  });

  it('has one version and state for clusters that are alike', () => {
    expect(
      glance(
        deployment('dev'),
        deployment('production/prod-eu1'),
        deployment('production/prod-us1'),
      ),
    ).toEqual([
      ['dev', '1.0.7', 'Healthy'],
      ['production', '1.0.7', 'Healthy'],
    ]);
  });

  it('has every version, and says how many clusters the worst state is about', () => {
    expect(
      glance(
        deployment('production/prod-eu1', {
          live: release('1.0.6'),
          desired: release('1.0.6'),
        }),
        deployment('production/prod-us1', { health: { status: 'Degraded' } }),
      ),
    ).toEqual([['production', '1.0.6, 1.0.7', '1 of 2 Degraded']]);
  });

  it('leaves previews of pull requests out', () => {
    const preview = deployment('x/dev', {
      environment: undefined,
      preview: { pullRequest: { number: 42 } },
      health: { status: 'Degraded' },
    });

    expect(glance(deployment('dev'), preview)).toEqual([
      ['dev', '1.0.7', 'Healthy'],
    ]);
    expect(lookOfAll([deployment('dev'), preview])?.word).toBe('Healthy');
    expect(lookOfAll([preview])).toBeUndefined();
  });

  it('tells what runs from what should run', () => {
    expect(
      glance(
        deployment('dev', {
          live: release('1.0.6'),
          sync: { status: 'OutOfSync' },
        }),
      ),
    ).toEqual([['dev', '1.0.6 → 1.0.7', 'Out of sync']]);
  });

  it('waits for what was never built', () => {
    expect(
      glance(
        deployment('dev', {
          live: undefined,
          desired: release('unbuilt'),
          health: { status: 'Degraded' },
        }),
      ),
    ).toEqual([['dev', 'No version yet', 'Waits for first build']]);
  });

  it('ends with the last environment that is configured', () => {
    expect(
      lastEnvironment([
        deployment('dev'),
        deployment('staging'),
        deployment('x', { environment: undefined }),
      ])?.name,
    ).toBe('staging');
  });
});
