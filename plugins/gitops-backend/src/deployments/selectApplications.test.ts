import { mockServices } from '@backstage/backend-test-utils';
import { WatchedFleet } from '../__testUtils__/WatchedFleet';
import { application } from '../__testUtils__/argoApplication';
import { environments } from '../__testUtils__/environments';
import { type Application } from '../applications/Application';
import { ChangeSignals } from './ChangeSignals';
import { type EntitySelection, readSelection } from './EntitySelection';
import { SelectionIndex } from './SelectionIndex';
import { brokenPlatformSources } from './platformSources';
import {
  excessOf,
  isOfTheFirst,
  MOST_OF_ONE_ENTITY,
  queryApplications,
  selectApplications,
} from './selectApplications';

const MONOREPO = 'https://git.acme.test/acme/mono';
const PLATFORM = 'http://localhost:7080/acme/gitops-infra';
const CODE = 'backstage.io/source-location';
const SELECTOR = 'argocd/app-selector';
const PROJECT = 'argocd/project-name';

function selectionOf(
  name: string,
  annotations: Record<string, string>,
): EntitySelection {
  return readSelection(
    { apiVersion: 'v1', kind: 'Component', metadata: { name, annotations } },
    'git.acme.test',
  );
}

/** Of a service whose code is one folder of many, with values from the platform repository. */
function ofMonorepo(index: number): Application {
  return application({
    metadata: {
      name: `s${String(index).padStart(4, '0')}`,
      annotations: {},
      labels: { team: `team-${index % 3}`, service: `s${index}` },
    },
    spec: {
      source: undefined,
      sources: [
        { repoURL: MONOREPO, path: `services/s${index}/deploy/dev` },
        { repoURL: PLATFORM, ref: 'values' },
      ],
    },
  });
}

const brokenRoot = application({
  metadata: { name: 'root-dev', annotations: {}, labels: {} },
  spec: { source: { repoURL: PLATFORM, path: 'clusters/dev/argocd' } },
  status: {
    conditions: [{ type: 'ComparisonError', message: 'no such file' }],
  },
});

function fleetOf(size: number): WatchedFleet {
  return new WatchedFleet([
    ...Array.from({ length: size }, (_, index) => ofMonorepo(index)),
    brokenRoot,
  ]);
}

describe('in front of a monorepo of any size', () => {
  const fleets = [fleetOf(100), fleetOf(2_000)];
  const names = (applications: readonly Application[]) =>
    applications.map(({ name }) => name);

  it.each<[string, Record<string, string>]>([
    ['its folder', { [CODE]: `url:${MONOREPO}/tree/main/services/s42/` }],
    [
      'a project, and a label',
      { [PROJECT]: 'services-dev', [SELECTOR]: 'service=s42' },
    ],
    [
      'labels of everything, and one of its own',
      { [SELECTOR]: 'team in (team-0,team-1,team-2),team,service=s42' },
    ],
    [
      'labels that it lacks, and one of its own',
      { [SELECTOR]: '!preview,team!=x,service=s42' },
    ],
  ])('looks at one application for an entity by %s', (_, annotations) => {
    const selection = selectionOf('s42', annotations);
    const looked = fleets.map(fleet =>
      fleet.lookedAtBy(() =>
        expect(names(selectApplications(selection, fleet.store))).toEqual([
          's0042',
        ]),
      ),
    );

    expect(looked).toEqual([1, 1]);
  });

  it('finds a folder of a branch that has a slash in its name', () => {
    const ofBranch = (targetRevision: string, path: string) =>
      application({
        metadata: { name: targetRevision, annotations: {}, labels: {} },
        spec: { source: { repoURL: MONOREPO, path, targetRevision } },
      });
    const { store } = new WatchedFleet([
      ofBranch('release/1.x', 'services/s42/deploy'),
      ofBranch('refs/heads/release/1.x', 'services/s42'),
      ofBranch('release/2.x', 'services/s42'),
    ]);

    expect(
      names(
        selectApplications(
          selectionOf('s42', {
            [CODE]: `url:${MONOREPO}/tree/release/1.x/services/s42/`,
          }),
          store,
        ),
      ),
    ).toEqual(['release/1.x', 'refs/heads/release/1.x']);
  });

  it('looks at one application for a repository and folder, on an instance', () => {
    const query = {
      instances: ['main'],
      annotated: {},
      source: { repo: `${MONOREPO}.git`, path: '/services/s7/deploy/dev/' },
    };
    const looked = fleets.map(fleet =>
      fleet.lookedAtBy(() =>
        expect(names(queryApplications(query, fleet.store))).toEqual(['s0007']),
      ),
    );

    expect(looked).toEqual([1, 1]);
  });

  it.each([
    ['in a folder', 'clusters/dev/argocd', 1],
    ['at the top', '', 0],
  ])(
    'looks at roots only, for what they suffer from, %s',
    (...[, path, found]) => {
      const [dev] = environments.map(environment => ({
        ...environment,
        clusters: environment.clusters.map(cluster => ({ ...cluster, path })),
      }));
      const looked = fleets.map(fleet =>
        fleet.lookedAtBy(() =>
          expect(
            brokenPlatformSources(dev ? [dev] : [], fleet.store),
          ).toHaveLength(found),
        ),
      );

      expect(looked).toEqual([found, found]);
    },
  );

  it('compares a change with those whose folder it is in, however many watch', () => {
    const index = new SelectionIndex();
    const compared = new Set<string>();
    const watchers = Array.from({ length: 500 }, (_, each) =>
      selectionOf(`s${each}`, {
        [CODE]: `url:${MONOREPO}/tree/main/services/s${each}/`,
      }),
    ).map(
      original =>
        new Proxy(original, {
          get: (target, property, receiver) => {
            compared.add(target.entityRef);
            return Reflect.get(target, property, receiver);
          },
        }),
    );
    watchers.forEach(each => index.add(each));
    compared.clear();

    index.of(ofMonorepo(7));

    expect([...compared]).toEqual(['component:default/s7']);
  });
});

describe('an entity that selects too much', () => {
  const everything = selectionOf('greedy', { [SELECTOR]: '!preview' });
  const size = MOST_OF_ONE_ENTITY + 20;

  it('has the first, and tells how many there are', () => {
    const { store } = fleetOf(size);

    const ids = selectApplications(everything, store).map(({ id }) => id);

    expect(ids).toHaveLength(MOST_OF_ONE_ENTITY);
    expect(ids).toEqual([...ids].sort());
    expect(excessOf(everything, store)).toMatchObject({ total: size + 1 });
  });

  it('has all as soon as there are no more than it can have', () => {
    const { store } = fleetOf(size);
    expect(excessOf(everything, store)).toBeDefined();

    store
      .ofInstance('main')
      .slice(MOST_OF_ONE_ENTITY)
      .forEach(({ id }) => store.remove(id));

    expect(excessOf(everything, store)).toBeUndefined();
    expect(selectApplications(everything, store)).toHaveLength(
      MOST_OF_ONE_ENTITY,
    );
  });

  it('has no more by its source, or by a project', () => {
    const { store } = fleetOf(size);
    const selections = [
      selectionOf('mono', { [CODE]: `url:${MONOREPO}/` }),
      selectionOf('all', { [PROJECT]: 'services-dev' }),
    ];

    for (const selection of selections) {
      expect(selectApplications(selection, store)).toHaveLength(
        MOST_OF_ONE_ENTITY,
      );
      expect(excessOf(selection, store)).toBeDefined();
    }
  });

  it('costs a look at what changed only, once it was worked out', () => {
    const fleet = fleetOf(size);
    selectApplications(everything, fleet.store);

    const again = fleet.lookedAtBy(() =>
      selectApplications(everything, fleet.store),
    );
    expect(again).toBe(0);
    const removed = fleet.lookedAtBy(() =>
      fleet.store.remove('main/argocd/s0003'),
    );
    expect(removed).toBe(1);
    expect(
      selectApplications(everything, fleet.store).map(({ name }) => name),
    ).not.toContain('s0003');
  });

  it('is signalled changes of the first, and not those of the others', () => {
    jest.useFakeTimers();
    const { store } = fleetOf(size);
    const published: string[] = [];
    const signals = new ChangeSignals({
      logger: mockServices.logger.mock(),
      signals: {
        publish: async ({ channel }) => {
          published.push(channel);
        },
      },
      isShown: (selection, changed) => isOfTheFirst(selection, changed, store),
    });
    selectApplications(everything, store);
    signals.watch(everything);

    signals.applicationChanged({ after: ofMonorepo(size - 1) });
    jest.advanceTimersByTime(300);
    expect(published).toEqual([]);
    signals.applicationChanged({ after: ofMonorepo(1) });
    jest.advanceTimersByTime(300);
    expect(published).toHaveLength(1);
    jest.useRealTimers();
  });
});
