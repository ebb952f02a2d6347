import {
  deployment,
  environments,
  registration,
  release,
  source,
} from '../testing/deployments';
import { type Answers, deriveEnvironments } from './environments';
import { summariseEnvironment } from './summary';

function summariseProduction(changes: Partial<Answers>) {
  const view = deriveEnvironments({
    environments: environments.slice(2),
    deployments: [],
    registrations: [registration('production')],
    sources: [source()],
    ...changes,
  })[0];
  return view && summariseEnvironment(view);
}

const eu = (changes = {}) => deployment('production/prod-eu1', changes);
const us = (changes = {}) => deployment('production/prod-us1', changes);

describe('summariseEnvironment', () => {
  it('says once what all clusters share, since the newest change', () => {
    expect(
      summariseProduction({
        deployments: [
          eu({ since: '2026-08-01T10:00:00Z' }),
          us({ since: '2026-08-02T10:00:00Z' }),
        ],
      }),
    ).toMatchObject({
      clusters: 2,
      versions: ['1.0.7'],
      health: { word: 'Healthy' },
      sync: { word: 'Synced' },
      since: '2026-08-02T10:00:00Z',
    });
  });

  it('shows the worst of several clusters, and how many are concerned', () => {
    expect(
      summariseProduction({
        deployments: [
          eu(),
          us({ live: release('1.0.6'), health: { status: 'Degraded' } }),
        ],
      }),
    ).toMatchObject({
      versions: ['1.0.7', '1.0.6 → 1.0.7'],
      health: { tone: 'negative', word: '1 of 2 Degraded' },
    });
  });

  it.each([
    ['absent', 'Not registered'],
    ['proposed', 'Pull request open'],
    ['removing', 'Being removed'],
    ['registered', 'Waits for Argo CD'],
  ] as const)('notes where an %s registration stands', (state, word) => {
    expect(
      summariseProduction({
        registrations: [registration('production', { state })],
      }),
    ).toMatchObject({ versions: [], note: { word } });
  });

  it.each([
    ['1.0.1', '1.0.1 waits to be merged'],
    [undefined, 'A release waits to be merged'],
  ])('says of a first release %s that it waits', (version, word) => {
    const unbuilt = { desired: release('unbuilt'), live: undefined };
    const pullRequest = { number: 1, url: 'https://github.test', title: 'It' };

    expect(
      summariseProduction({
        deployments: [eu(unbuilt), us(unbuilt)],
        registrations: [
          registration('production', { release: { version, pullRequest } }),
        ],
      }),
    ).toMatchObject({ versions: [], note: { word } });
  });

  it('counts previews, each of which has a version of its own', () => {
    const preview = (number: number, changes = {}) =>
      deployment('x/dev', {
        environment: undefined,
        preview: { pullRequest: { number } },
        live: release(`pr-${number}`),
        ...changes,
      });
    const view = deriveEnvironments({
      environments: [],
      deployments: [preview(1), preview(2, { health: { status: 'Degraded' } })],
      sources: [source()],
    })[0];

    expect(view && summariseEnvironment(view)).toMatchObject({
      name: 'Previews',
      clusters: 1,
      versions: ['2 pull requests'],
      health: { word: '1 of 2 Degraded' },
    });
  });

  it('knows nothing where nobody answers', () => {
    expect(
      summariseProduction({
        registrations: undefined,
        sources: [source({ state: 'unreachable' })],
      }),
    ).toMatchObject({ note: { word: 'Not known' } });
  });
});
