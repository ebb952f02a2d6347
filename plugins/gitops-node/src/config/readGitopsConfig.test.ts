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
