import { application } from '../__testUtils__/argoApplication';
import { environments } from '../__testUtils__/environments';
import { locateApplication } from './locateApplication';

function locate(spec: object, instance?: string) {
  const { environment, cluster } = locateApplication(
    application({ spec }, instance),
    environments,
  );
  return [environment, cluster];
}

describe('locateApplication', () => {
  it.each([
    [{ server: 'https://dev.k8s.acme.test' }, 'dev', 'dev'],
    [{ server: 'https://DEV.k8s.acme.test/' }, 'dev', 'dev'],
    [{ server: 'https://prod-us1.k8s.acme.test' }, 'production', 'prod-us1'],
    [{ name: 'prod-eu1' }, 'production', 'prod-eu1'],
  ])('finds %j', (destination, environment, cluster) => {
    expect(locate({ destination })).toEqual([environment, cluster]);
  });

  it('tells the destination where it is not configured', () => {
    const server = 'https://elsewhere.test';

    expect(locate({ destination: { server } })).toEqual([undefined, server]);
    expect(locate({ destination: { name: 'lab' } })).toEqual([
      undefined,
      'lab',
    ]);
  });

  it('does not take the same address at another instance for the same cluster', () => {
    expect(locate({}, 'other')[0]).toBeUndefined();
  });

  it('orders as configured, and the unknown last', () => {
    const orders = ['dev', 'staging', 'prod-eu1', 'prod-us1', 'lab'].map(
      name =>
        locateApplication(
          application({ spec: { destination: { name } } }),
          environments,
        ).order,
    );

    expect(orders).toEqual([...orders].sort((a, b) => a - b));
    expect(new Set(orders).size).toBe(5);
  });

  describe('with environments that share a cluster', () => {
    const shared = environments.map(environment => ({
      ...environment,
      clusters: environment.clusters.slice(0, 1).map(cluster => ({
        ...cluster,
        name: 'shared',
        destination: 'https://kubernetes.default.svc',
      })),
    }));
    const inShared = (spec: object) =>
      locateApplication(
        application({ spec: { destination: { name: 'in-cluster' }, ...spec } }),
        shared,
      ).environment;

    it('lets the project decide', () => {
      expect(inShared({ project: 'services-staging' })).toBe('staging');
    });

    it('lets the overlay decide where the project does not', () => {
      expect(
        inShared({
          project: 'other',
          source: { repoURL: 'x', path: 'deploy/overlays/production' },
        }),
      ).toBe('production');
    });

    it('does not guess', () => {
      expect(
        inShared({
          project: 'other',
          source: { repoURL: 'x', path: 'deploy' },
        }),
      ).toBeUndefined();
    });
  });
});
