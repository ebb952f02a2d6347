import {
  deployment,
  environments,
  registration,
  release,
  source,
} from '../testing/deployments';
import { type Answers, deriveEnvironments } from './environments';

function derive(changes: Partial<Answers>) {
  const views = deriveEnvironments({
    environments,
    deployments: [],
    registrations: [],
    sources: [source()],
    ...changes,
  });
  return views.map(({ name, notice, rows }) => ({
    name,
    notice,
    rows: rows.map(row => `${row.cluster}: ${row.missing ?? 'deployed'}`),
  }));
}

describe('deriveEnvironments', () => {
  it('keeps the order of environments and clusters', () => {
    const views = derive({
      deployments: [
        deployment('production/prod-us1'),
        deployment('dev'),
        deployment('production/prod-eu1'),
      ],
    });

    expect(views.map(({ name, rows }) => [name, ...rows])).toEqual([
      ['dev', 'dev: deployed'],
      ['staging'],
      ['production', 'prod-eu1: deployed', 'prod-us1: deployed'],
    ]);
  });

  it.each([
    ['absent', 'not-registered', []],
    ['proposed', 'proposed', []],
    ['removing', 'removing', []],
    [
      'registered',
      'awaiting-application',
      ['prod-eu1: awaiting-application', 'prod-us1: awaiting-application'],
    ],
  ] as const)('without a deployment and %s, says %s', (state, notice, rows) => {
    const [, , production] = derive({
      registrations: [registration('production', { state })],
    });

    expect(production).toMatchObject({ notice, rows });
  });

  it('does not ask to register what is deployed by other means', () => {
    const [dev] = derive({
      deployments: [deployment('dev')],
      registrations: [registration('dev', { state: 'absent' })],
    });

    expect(dev).toEqual({
      name: 'dev',
      notice: undefined,
      rows: ['dev: deployed'],
    });
  });

  it('tells a cluster that is not registered from one that is awaited', () => {
    const [, , production] = derive({
      deployments: [deployment('production/prod-eu1')],
      registrations: [registration('production', { clusters: ['prod-eu1'] })],
    });

    expect(production?.rows).toEqual([
      'prod-eu1: deployed',
      'prod-us1: not-registered',
    ]);
  });

  it('claims nothing about an instance that does not answer', () => {
    const [dev] = derive({
      registrations: [registration('dev', { state: 'absent' })],
      sources: [source({ state: 'unreachable' })],
    });

    expect(dev?.rows).toEqual(['dev: unknown']);
  });

  it('notices that the first build is awaited', () => {
    const [dev] = derive({
      deployments: [
        deployment('dev', { desired: release('unbuilt'), live: undefined }),
      ],
      registrations: [registration('dev')],
    });

    expect(dev?.notice).toBe('first-build');
  });

  it('notices no first build any more once a release waits', () => {
    const waiting = {
      version: '1.0.1',
      pullRequest: { number: 1, url: 'https://github.test', title: 'It' },
    };
    const views = deriveEnvironments({
      environments,
      deployments: [
        deployment('dev', { desired: release('unbuilt'), live: undefined }),
      ],
      registrations: [registration('dev', { release: waiting })],
      sources: [source()],
    });

    expect(views[0]).toMatchObject({ notice: undefined, release: waiting });
  });

  it('puts the rest last, under a name of its own', () => {
    const views = derive({
      deployments: [
        deployment('gone'),
        deployment('x', { environment: undefined, cluster: 'https://old' }),
        deployment('dev/unexpected'),
      ],
    });

    expect(views.at(-1)).toMatchObject({
      name: 'Elsewhere',
      rows: ['gone: deployed', 'https://old: deployed'],
    });
    expect(views[0]?.rows).toEqual([
      'dev: not-registered',
      'unexpected: deployed',
    ]);
  });

  it('groups previews after everything else, the newest pull request first', () => {
    const preview = (number: number) =>
      deployment(`x/pr-${number}`, {
        environment: undefined,
        preview: { pullRequest: { number } },
      });
    const views = derive({
      deployments: [
        preview(9),
        preview(41),
        deployment('x/old', { environment: undefined }),
      ],
    });

    expect(views.slice(-2)).toMatchObject([
      { name: 'Elsewhere', rows: ['old: deployed'] },
      { name: 'Previews', rows: ['pr-41: deployed', 'pr-9: deployed'] },
    ]);
  });
});
