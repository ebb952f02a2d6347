import { application } from '../__testUtils__/argoApplication';
import { environments } from '../__testUtils__/environments';
import { type NamedOutcome } from './Check';
import { type InsideFacts, type InstanceFacts, keyOf } from './InstanceFacts';
import { deriveCredentialChecks } from './deriveCredentialChecks';
import { deriveInstanceChecks } from './deriveInstanceChecks';
import { deriveProjectChecks } from './deriveProjectChecks';
import { deriveRootChecks } from './deriveRootChecks';
import { allRights, planRights } from './planRights';

const NOW = new Date('2026-03-14T15:09:26Z');
const PROJECTS = ['services-dev'];
const PLATFORM = 'http://localhost:7080/acme/gitops-infra';
const [dev] = environments as [(typeof environments)[number]];

function inside(changes: Partial<InsideFacts> = {}): InsideFacts {
  const planned = planRights(PROJECTS);
  const tooMuch = planned.tooMuch.map(keyOf);
  return {
    rights: new Map(
      allRights(planned).map(right => [
        keyOf(right),
        { value: !tooMuch.includes(keyOf(right)) },
      ]),
    ),
    projects: new Map([
      [
        'services-dev',
        {
          value: {
            metadata: { name: 'services-dev' },
            spec: {
              sourceRepos: ['http://localhost:7080/acme/*'],
              destinations: [
                { server: 'https://dev.k8s.acme.test', namespace: '*-dev' },
              ],
              clusterResourceWhitelist: [{ group: '', kind: 'Namespace' }],
            },
          },
        },
      ],
    ]),
    repositories: { value: [] },
    ...changes,
  };
}

function instance(changes: Partial<InstanceFacts> = {}): InstanceFacts {
  return {
    name: 'main',
    url: 'https://argocd.test',
    credentials: { kind: 'token' },
    version: { value: 'v3.3.14+abc' },
    account: { value: 'backstage' },
    inside: inside(),
    ...changes,
  };
}

function by(outcomes: readonly NamedOutcome[], id: string) {
  return outcomes.find(outcome => outcome.id === id);
}

describe('checks of an Argo CD instance', () => {
  const check = (facts: InstanceFacts, hasApplicationSets: boolean = false) =>
    deriveInstanceChecks(facts, {
      projects: PROJECTS,
      hasApplicationSets,
      now: NOW,
    });

  it('are fine where all is well', () => {
    expect(check(instance()).every(({ state }) => state === 'ok')).toBe(true);
  });

  it.each([
    ['v2.14.3', 'warning'],
    ['v3.0.0', 'ok'],
    ['3.5.1', 'ok'],
    ['v4.0.0', 'ok'],
    ['latest', 'unknown'],
  ])('of the version %s: %s', (version, state) => {
    const facts = instance({ version: { value: version } });
    expect(by(check(facts), 'version')?.state).toBe(state);
  });

  it.each([
    ['2026-03-15T15:09:26Z', 'warning', 'in 1 day.'],
    ['2026-03-27T15:09:26Z', 'warning', 'in 13 days.'],
    ['2026-03-28T15:09:26Z', 'ok', 'in 14 days.'],
  ])('of a token that ends on %s: %s', (expiresAt, state, words) => {
    const facts = instance({ credentials: { kind: 'token', expiresAt } });
    expect(by(check(facts), 'token')).toMatchObject({
      state,
      message: expect.stringContaining(words),
    });
  });

  it.each([
    ['applications, get, services-dev/*', 'right-applications', 'error'],
    ['applications, sync, services-dev/*', 'right-sync', 'ok'],
    ['logs, get, services-dev/*', 'right-logs', 'ok'],
    ['applicationsets, get, services-dev/*', 'right-applicationsets', 'ok'],
    ['projects, get, services-dev', 'right-projects', 'warning'],
  ])('without the right %s', (right, id, state) => {
    const rights = new Map(inside().rights).set(right, { value: false });
    const found = by(check(instance({ inside: inside({ rights }) })), id);

    expect(found?.state).toBe(state);
    expect(found?.message).toContain(right);
    expect(found?.fix?.snippets?.[0]?.text).toBe(
      `p, role:backstage, ${right}, allow\ng, backstage, role:backstage\n`,
    );
  });

  it('warn of previews that look like deployments, where something is generated', () => {
    const right = 'applicationsets, get, services-dev/*';
    const rights = new Map(inside().rights).set(right, { value: false });
    const facts = instance({ inside: inside({ rights }) });

    expect(by(check(facts, true), 'right-applicationsets')).toMatchObject({
      state: 'warning',
      message: expect.stringMatching(/previews of pull requests are shown as/),
    });
  });

  it('offer a role in which nothing is missing that the portal uses', () => {
    const { tooMuch, ...used } = planRights(PROJECTS);
    const rights = new Map(inside().rights);
    tooMuch.forEach(right => rights.set(keyOf(right), { value: true }));
    const found = by(
      check(instance({ inside: inside({ rights }) })),
      'rights-too-broad',
    );
    const offered = found?.fix?.snippets?.[0]?.text ?? '';

    expect(
      Object.values(used)
        .flat()
        .map(({ resource, action }) => `${resource}, ${action}, `)
        .filter(line => !offered.includes(line)),
    ).toEqual([]);
  });

  it('say what they could not find out', () => {
    const right = 'applications, get, services-dev/*';
    const rights = new Map(inside().rights).set(right, {
      failure: { kind: 'late', message: 'It did not answer.' },
    });
    const facts = instance({ inside: inside({ rights }) });
    expect(by(check(facts), 'right-applications')?.state).toBe('unknown');
  });
});

describe('the check of an AppProject', () => {
  const spec = inside().projects.get('services-dev')?.value?.spec;
  const check = (changes: object) =>
    deriveProjectChecks(
      dev,
      new Map([
        [
          'main',
          instance({
            inside: inside({
              projects: new Map([
                [
                  'services-dev',
                  {
                    value: {
                      metadata: { name: 'services-dev' },
                      spec: { ...spec, ...changes },
                    },
                  },
                ],
              ]),
            }),
          }),
        ],
      ]),
      ['http://localhost:7080/acme/*'],
    )[0];

  it.each<[string, object, string, RegExp]>([
    ['as it should be', {}, 'ok', /little else/],
    [
      'of another organisation',
      { sourceRepos: ['http://localhost:7080/other/*'] },
      'error',
      /does not permit the source http:\/\/localhost:7080\/acme\/\*/,
    ],
    [
      'that takes away what it permits',
      { sourceRepos: ['*', '!http://localhost:7080/acme/*'] },
      'error',
      /the source/,
    ],
    [
      'of a glob that stops at a slash',
      { sourceRepos: ['http://localhost:7080/*'] },
      'error',
      /the source/,
    ],
    [
      'of a glob that does not',
      { sourceRepos: ['http://localhost:7080/**'] },
      'ok',
      /little else/,
    ],
    [
      'of other namespaces',
      {
        destinations: [
          { server: 'https://dev.k8s.acme.test', namespace: 'team-*' },
        ],
      },
      'error',
      /the cluster dev/,
    ],
    [
      'that names the cluster',
      { destinations: [{ name: 'dev', namespace: '*' }] },
      'ok',
      /little else/,
    ],
    [
      'without namespaces of its own',
      { clusterResourceWhitelist: [] },
      'error',
      /creating a Namespace/,
    ],
    ['of every repository', { sourceRepos: ['*'] }, 'warning', /every repo/],
    [
      'of every cluster',
      { destinations: [{ server: '*', namespace: '*' }] },
      'warning',
      /every cluster/,
    ],
    [
      'of every kind',
      { clusterResourceWhitelist: [{ group: '*', kind: '*' }] },
      'warning',
      /every kind/,
    ],
  ])('%s', (...row) => {
    const [, changes, state, message] = row;
    expect(check(changes)).toMatchObject({
      state,
      message: expect.stringMatching(message),
    });
  });
});

describe('the check of a root application', () => {
  const root = (changes: object = {}, on: string = 'main') =>
    application(
      {
        metadata: { name: 'root-dev', annotations: {} },
        spec: {
          project: 'platform',
          source: {
            repoURL: `${PLATFORM}.git`,
            path: 'clusters/dev/argocd',
            targetRevision: 'main',
          },
          ...changes,
        },
        ...('status' in changes && { status: changes.status as object }),
      },
      on,
    );
  const check = (applications: ReturnType<typeof root>[], isRead = true) =>
    deriveRootChecks(dev, {
      applications,
      isRead: () => isRead,
      defaultBranch: 'main',
    })[0];
  const broken = {
    status: {
      conditions: [{ type: 'ComparisonError', message: 'no such file' }],
    },
  };

  it.each<[string, Parameters<typeof check>, string, RegExp]>([
    ['there', [[root()]], 'ok', /root-dev applies it/],
    ['absent', [[]], 'error', /never deployed/],
    ['not known yet', [[], false], 'unknown', /not been read/],
    ['elsewhere', [[root({}, 'us')]], 'error', /but on Argo CD \(us\)/],
    ['doubled', [[root(), root()]], 'error', /take its Applications/],
    ['broken', [[root(broken)]], 'error', /no such file/],
    [
      'of another branch',
      [
        [
          root({
            source: {
              repoURL: PLATFORM,
              path: 'clusters/dev/argocd',
              targetRevision: 'next',
            },
          }),
        ],
      ],
      'error',
      /follows next, but the portal writes to main/,
    ],
    ['in default', [[root({ project: 'default' })]], 'warning', /default/],
    ['by hand', [[root({ syncPolicy: {} })]], 'warning', /somebody syncs it/],
  ])('that is %s', (...row) => {
    const [, given, state, message] = row;
    expect(check(...given)).toMatchObject({
      state,
      message: expect.stringMatching(message),
    });
  });
});

describe('the check of credentials for a repository', () => {
  const reader = application({
    spec: {
      source: { repoURL: PLATFORM, path: 'x', targetRevision: 'main' },
    },
  });
  const entry = (status: string, message = '') => ({
    value: [{ repo: `${PLATFORM}.git`, connectionState: { status, message } }],
  });
  const denied = { failure: { kind: 'unauthorised', message: 'No.' } } as const;

  it.each<[string, InsideFacts['repositories'], boolean, string]>([
    ['known', entry('Successful'), false, 'ok'],
    ['known, but failing', entry('Failed', 'auth required'), true, 'error'],
    ['read all the same', { value: [] }, true, 'ok'],
    ['not known', { value: [] }, false, 'warning'],
    ['not told', denied, false, 'unknown'],
  ])('that is %s', (...row) => {
    const [, repositories, isRead, state] = row;
    const [found] = deriveCredentialChecks(
      inside({ repositories }),
      [PLATFORM],
      isRead ? [reader] : [],
    );
    expect(found?.state).toBe(state);
  });
});
