import { ConfigReader } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { readGitopsConfig } from '.';

const argocd = {
  appLocatorMethods: [
    {
      type: 'config',
      instances: [
        { name: 'main', url: 'https://argocd.acme.test', token: 't' },
        { name: 'us', url: 'https://argocd-us.acme.test', token: 't' },
      ],
    },
  ],
};
const dev = {
  name: 'dev',
  platformRepo: 'https://github.com/acme/gitops-infra',
  path: 'clusters/dev/argocd',
  layout: 'multi-repo',
  write: 'commit',
  project: 'services-dev',
  clusters: [
    {
      name: 'dev',
      instance: 'main',
      destination: 'https://kubernetes.default.svc',
    },
  ],
};
const production = {
  name: 'production',
  platformRepo: 'https://github.com/acme/gitops-infra.git/',
  path: 'clusters/production/argocd/',
  write: 'pull-request',
  project: 'services-production',
  clusters: [
    {
      name: 'prod-eu1',
      instance: 'main',
      destination: 'https://prod-eu1.k8s.acme.test',
      labels: { location: 'eu' },
    },
    {
      name: 'prod-us1',
      instance: 'us',
      path: 'clusters/production-us/argocd',
      destination: 'https://prod-us1.k8s.acme.test',
    },
  ],
};
const gitops = {
  environments: [dev, production],
  serviceRepositories: ['https://github.com/acme/*'],
};
const ownLayout = {
  kind: 'application',
  application: '<service>-<cluster>',
  namespace: '<service>',
  registration: [
    { edit: 'write-file', path: 'apps/<service>.yaml', content: { a: 'b' } },
  ],
  release: {
    repository: 'platform',
    path: 'apps/<service>/<environment>/kustomization.yaml',
    image: '<service>',
  },
};

const read = (block: object | undefined, others: object = { argocd }) =>
  readGitopsConfig(
    new ConfigReader({ ...(block && { gitops: block }), ...others } as never),
  );
/** The configuration with one value of it changed; `undefined` removes it. */
function change(path: string, value: unknown) {
  const copy = structuredClone(gitops) as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce<Record<string, unknown>>(
    (inner, key) => inner[key] as Record<string, unknown>,
    copy,
  );
  if (value === undefined) {
    delete parent[last];
  } else {
    parent[last] = value;
  }
  return copy;
}

/** Environments with these clusters, on an instance and at an address. */
function environments(
  names: Record<string, string[]>,
  options: { layout?: string; instance?: string; destination?: string } = {},
) {
  const { layout = 'multi-repo', instance = 'main', destination } = options;
  return Object.entries(names).map(([name, clusters]) => ({
    ...dev,
    name,
    layout,
    path: `clusters/${name}`,
    project: `services-${name}`,
    clusters: clusters.map(cluster => ({
      name: cluster,
      instance,
      destination: destination ?? `https://${name}-${cluster}.acme.test`,
    })),
  }));
}

const SHARED = { destination: 'https://k8s.acme.test' };

describe('names that would mean two things', () => {
  it.each([
    [
      'Applications of two environments',
      environments({ prod: ['main'], 'eu-prod': ['main'] }),
      'gitops.environments[1].name is "eu-prod" and gitops.environments[0].name is "prod": with the layout "multi-repo", the service cart-eu in prod (main) and the service cart in eu-prod (main) would both be the Application of the Argo CD instance main named cart-eu-prod-main. Choose another name for one of the two, or a layout of your own whose "application" tells them apart.',
    ],
    [
      'the same in the other order',
      environments({ 'eu-prod': ['main'], prod: ['main'] }),
      'the service cart in eu-prod (main) and the service cart-eu in prod (main) would both',
    ],
    [
      'Applications of two clusters',
      environments({ prod: ['eu', 'prod-eu'] }),
      'gitops.environments[0].clusters[1].name is "prod-eu" and gitops.environments[0].clusters[0].name is "eu"',
    ],
    [
      'Applications of an environment that is named like a cluster',
      environments({ eu: ['a'], prod: ['eu-a'] }),
      'named cart-prod-eu-a.',
    ],
    [
      'namespaces of one cluster',
      environments({ prod: ['a'], 'eu-prod': ['b'] }, SHARED),
      'the service cart-eu in prod (a) and the service cart in eu-prod (b) would both be the namespace of https://k8s.acme.test named cart-eu-prod.',
    ],
    [
      'namespaces of remote bases',
      environments(
        { prod: ['a'], 'eu-prod': ['b'] },
        { ...SHARED, layout: 'multi-repo-remote-base' },
      ),
      'a layout of your own whose "namespace" tells them apart',
    ],
    [
      'Applications that have their environment in front',
      environments({ prod: ['a'], 'prod-eu': ['a'] }, { layout: 'before' }),
      'the service eu-cart in prod (a) and the service cart in prod-eu (a)',
    ],
    [
      'Applications without their environment',
      environments({ dev: ['a'], staging: ['a'] }, { layout: 'cluster' }),
      'the service cart in dev (a) and the service cart in staging (a) would both be the Application of the Argo CD instance main named cart-a.',
    ],
  ])('are refused: %s', (_, list, message) => {
    const wrong = () => readNamed(list);

    expect(wrong).toThrow(InputError);
    expect(wrong).toThrow(message);
  });

  it.each([
    [
      'ordinary environments on one cluster',
      environments(
        { dev: ['main'], staging: ['main'], production: ['main'] },
        SHARED,
      ),
    ],
    [
      'ordinary environments with clusters of their own',
      environments({
        dev: ['dev'],
        staging: ['staging'],
        production: ['prod-eu1', 'prod-us1'],
      }),
    ],
    [
      'a name that only ends like another, without a hyphen',
      environments({ prod: ['main'], preprod: ['main'] }, SHARED),
    ],
    [
      'clusters that tell the environments apart',
      environments({ production: ['prod'], 'pre-production': ['preprod'] }),
    ],
    [
      'environments in front that are no beginning of each other',
      environments({ prod: ['a'], 'eu-prod': ['a'] }, { layout: 'before' }),
    ],
    [
      'Argo CD instances that each deploy to their own cluster',
      [
        ...environments(
          { prod: ['main'] },
          { destination: 'https://kubernetes.default.svc' },
        ),
        ...environments(
          { 'eu-prod': ['main'] },
          { destination: 'https://kubernetes.default.svc', instance: 'us' },
        ),
      ],
    ],
    [
      'a namespace that a layout shares on purpose',
      environments(
        { dev: ['a'], staging: ['b'] },
        { ...SHARED, layout: 'cluster' },
      ),
    ],
  ])('are not seen in %s', (_, list) => {
    expect(readNamed(list).environments).toHaveLength(list.length);
  });

  function readNamed(list: object[]) {
    const layouts = {
      cluster: ownLayout,
      before: {
        ...ownLayout,
        application: '<environment>-<service>-<cluster>',
        namespace: '<environment>-<service>',
      },
    };
    return read({ ...gitops, layouts, environments: list });
  }
});

describe('readGitopsConfig', () => {
  it('reads environments in order, with the paths of their clusters', () => {
    const config = read({
      ...gitops,
      banner: 'Sandbox',
      newRepositories: {
        url: 'http://localhost:7080/acme/',
        registry: 'ghcr.io/acme',
      },
    });

    expect(config).toMatchObject({
      configured: true,
      serviceRepositories: ['https://github.com/acme/*'],
      banner: 'Sandbox',
      newRepositories: {
        host: 'localhost:7080',
        organization: 'acme',
        url: 'http://localhost:7080/acme',
        registry: 'ghcr.io/acme',
      },
    });
    expect(config.environments).toMatchObject([
      {
        name: 'dev',
        write: 'commit',
        layout: { name: 'multi-repo' },
        clusters: [{ path: 'clusters/dev/argocd', labels: {} }],
      },
      {
        name: 'production',
        platformRepo: 'https://github.com/acme/gitops-infra',
        path: 'clusters/production/argocd',
        layout: { name: 'multi-repo' },
        clusters: [
          { path: 'clusters/production/argocd', labels: { location: 'eu' } },
          { path: 'clusters/production-us/argocd', instance: 'us' },
        ],
      },
    ]);
  });

  it.each([
    ['there is no block', undefined],
    ['there is only a banner', { banner: 'Sandbox' }],
    ['the block is empty', {}],
  ])('says that nothing is configured where %s', (_, block) => {
    expect(read(block, {})).toMatchObject({
      configured: false,
      environments: [],
      serviceRepositories: [],
    });
  });

  it('takes own layouts', () => {
    const config = read({
      ...gitops,
      layouts: { mine: ownLayout },
      environments: [{ ...dev, layout: 'mine' }],
    });

    expect(config.environments[0]?.layout).toEqual({
      ...ownLayout,
      name: 'mine',
      clusters: 'any',
    });
  });

  it.each([
    [
      'environments.1.clusters.0.instance',
      'mian',
      'gitops.environments[1].clusters[0].instance is "mian", which is not an Argo CD instance; did you mean "main"?',
    ],
    [
      'environments.1.clusters.0.instance',
      'elsewhere',
      'known are main, us. Instances are declared under argocd.appLocatorMethods[].instances[].',
    ],
    [
      'environments.1.name',
      'dev',
      'gitops.environments[1].name is "dev", like gitops.environments[0].name',
    ],
    [
      'environments.1.clusters.1.name',
      'prod-eu1',
      'gitops.environments[1].clusters[1].name is "prod-eu1", like gitops.environments[1].clusters[0].name',
    ],
    [
      'environments.0.project',
      'default',
      'gitops.environments[0].project must not be Argo CD\'s project "default"',
    ],
    [
      'environments.0.project',
      undefined,
      'gitops.environments[0].project is missing; add it (string)',
    ],
    [
      'environments.1.clusters.1.path',
      undefined,
      'gitops.environments[1].clusters[1].instance is "us", but gitops.environments[1].clusters[0] has the same path clusters/production/argocd and the instance "main"',
    ],
    [
      'environments.1.clusters.1.path',
      'clusters/dev/argocd',
      'gitops.environments[1].clusters[1].instance is "us", but gitops.environments[0].clusters[0] has the same path',
    ],
    [
      'environments.0.layout',
      'multi-rep',
      'gitops.environments[0].layout is "multi-rep", which is not a layout; did you mean "multi-repo"?',
    ],
    [
      'environments.0.layout',
      'helm',
      'use one of multi-repo, multi-repo-remote-base. Your own',
    ],
    [
      'environments.1.layout',
      'multi-repo-remote-base',
      'gitops.environments[1].clusters has 2 clusters: a remote base is deployed by',
    ],
    [
      'environments.0.platformRepo',
      'git@github.com:acme/gitops-infra.git',
      'gitops.environments[0].platformRepo must be a web address',
    ],
    [
      'environments.0.platformRepo',
      'https://github.com/acme',
      'gitops.environments[0].platformRepo must be a repository: https://<host>/<owner>/<name>',
    ],
    [
      'environments.0.platformRepo',
      'https://me:secret@github.com/acme/x',
      'gitops.environments[0].platformRepo must not contain credentials',
    ],
    [
      'environments.0.clusters.0.destination',
      'in-cluster',
      'gitops.environments[0].clusters[0].destination must be a web address',
    ],
    [
      'environments.0.clusters',
      [],
      'gitops.environments[0].clusters must have at least one cluster',
    ],
    [
      'environments.0.clusters',
      undefined,
      'gitops.environments[0].clusters is missing; add it (array)',
    ],
    [
      'environments.0.write',
      'push',
      'gitops.environments[0].write must be "commit" or "pull-request"',
    ],
    [
      'environments.0.path',
      '../elsewhere',
      'gitops.environments[0].path must be a folder inside the platform repository',
    ],
    [
      'environments.0.name',
      'Dev',
      'gitops.environments[0].name must consist of lower-case letters',
    ],
    [
      'environments.0.platfromRepo',
      'x',
      'gitops.environments[0].platfromRepo is not a known key; did you mean "platformRepo"?',
    ],
    [
      'environments.1.clusters.0.destinaton',
      'x',
      'gitops.environments[1].clusters[0].destinaton is not a known key; did you mean "destination"?',
    ],
    [
      'colour',
      'red',
      'gitops.colour is not a known key; remove it. Known are environments, layouts',
    ],
    ['environments', [], 'gitops.environments must have at least one'],
    ['environments', undefined, 'gitops.environments is missing'],
    [
      'serviceRepositories',
      ['acme/*'],
      'gitops.serviceRepositories[0] must be a web address such as',
    ],
    [
      'newRepositories',
      { url: 'https://github.com/acme/x', registry: 'ghcr.io/acme' },
      'gitops.newRepositories.url must be the address of an organisation',
    ],
    [
      'newRepositories',
      { url: 'https://github.com/acme', registry: 'https://ghcr.io/acme' },
      'gitops.newRepositories.registry must be a prefix of image names',
    ],
    [
      'layouts',
      { 'multi-repo': ownLayout },
      'gitops.layouts.multi-repo has the name of a built-in layout',
    ],
    [
      'layouts',
      { mine: { ...ownLayout, namespace: '<servce>' } },
      'gitops.layouts.mine.namespace has the placeholder <servce>, which does not exist; use one of <service>',
    ],
    [
      'layouts',
      {
        mine: {
          ...ownLayout,
          registration: [{ edit: 'add-line', path: 'x', resource: 'y' }],
        },
      },
      'gitops.layouts.mine.registration[0].edit',
    ],
    [
      'layouts',
      {
        mine: {
          ...ownLayout,
          registration: [{ edit: 'add-resource', path: '../x', resource: 'y' }],
        },
      },
      'gitops.layouts.mine.registration[0].path must be a path inside the repository',
    ],
    [
      'layouts',
      { mine: { ...ownLayout, relase: {} } },
      'gitops.layouts.mine.relase is not a known key; did you mean "release"?',
    ],
  ])('refuses %s: %j', (path, value, message) => {
    const wrong = () => read(change(path, value));

    expect(wrong).toThrow(InputError);
    expect(wrong).toThrow(message);
  });

  it('names every wrong key at once', () => {
    const block = change('environments.0.write', 'push');
    (block.environments as { project?: string }[])[1] = {
      ...production,
      project: 'default',
    };

    expect(() => read(block)).toThrow(
      /environments\[0\]\.write[^]*environments\[1\]\.project/,
    );
  });

  it('asks for instances where there is no argocd block', () => {
    expect(() => read(gitops, {})).toThrow(
      'gitops.environments[0].clusters[0].instance is "main", which is not an Argo CD instance; there are none. Instances are declared under argocd',
    );
  });
});
