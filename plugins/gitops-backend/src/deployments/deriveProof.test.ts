import { type Entity } from '@backstage/catalog-model';
import { application } from '../__testUtils__/argoApplication';
import { deriveProof, readProvenEntity } from './deriveProof';

const REPO = 'https://github.com/acme/cart';

function entity(annotations: Record<string, string>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'cart', annotations },
  };
}

function prove(options: {
  /** Where the catalog has read the entity's file. */
  file?: string;
  annotations?: Record<string, string>;
  owners?: string[];
  /** The Application's own annotation. */
  declares?: string;
  /** The Application's labels. */
  labels?: Record<string, string>;
  /** What the entity is, beside its name. */
  kind?: string;
  namespace?: string;
  path?: string;
  repo?: string;
  /** What Argo CD hydrates the source from. */
  dry?: { repoURL: string; path: string };
  project?: string;
  projectOwners?: Record<string, string[]>;
}): ReturnType<typeof deriveProof> {
  const { file, declares, owners = [], project = 'services-dev' } = options;
  const described = entity({
    ...options.annotations,
    ...(file && { 'backstage.io/managed-by-location': file }),
  });
  const { kind = described.kind, namespace } = options;
  const proven = readProvenEntity(
    { ...described, kind, metadata: { ...described.metadata, namespace } },
    owners,
  );
  const app = application({
    metadata: {
      annotations: declares ? { 'backstage.io/entity-ref': declares } : null,
      labels: options.labels ?? null,
    },
    spec: {
      project,
      source: {
        repoURL: options.repo ?? REPO,
        path: options.path ?? 'deploy/overlays/dev',
      },
      ...(options.dry && {
        sourceHydrator: {
          drySource: options.dry,
          syncSource: { path: 'cart', targetBranch: 'environments/dev' },
        },
      }),
    },
  });
  return deriveProof(app, proven, options.projectOwners ?? {});
}

const isProven = (options: Parameters<typeof prove>[0]): boolean =>
  prove(options).isProven;

describe('an application is proven to be an entity’s', () => {
  it.each<[string, Parameters<typeof prove>[0], boolean]>([
    ['that it names', { declares: 'component:default/cart' }, true],
    [
      'that it names in another case',
      { declares: 'Component:default/Cart' },
      true,
    ],
    ['that it does not name', { declares: 'component:default/web' }, false],
    [
      'that it does not name, though its source is the entity’s',
      {
        declares: 'component:default/web',
        file: `url:${REPO}/blob/main/catalog-info.yaml`,
      },
      false,
    ],
    [
      'whose file is in the same repository',
      { file: `url:${REPO}/blob/main/catalog-info.yaml` },
      true,
    ],
    [
      'whose file is in the folder above the source',
      {
        file: `url:${REPO}/tree/main/services/cart/catalog-info.yaml`,
        path: 'services/cart/deploy/overlays/dev',
      },
      true,
    ],
    [
      'whose file is in the folder above what is hydrated',
      {
        file: `url:${REPO}/tree/main/services/cart/catalog-info.yaml`,
        dry: { repoURL: REPO, path: 'services/cart/deploy' },
      },
      true,
    ],
    [
      'whose file is in another folder than what is hydrated',
      {
        file: `url:${REPO}/tree/main/services/web/catalog-info.yaml`,
        dry: { repoURL: REPO, path: 'services/cart/deploy' },
      },
      false,
    ],
    [
      'whose file is in another folder',
      {
        file: `url:${REPO}/tree/main/services/cart/catalog-info.yaml`,
        path: 'services/cart-admin/deploy',
      },
      false,
    ],
    [
      'whose file is in another repository',
      { file: 'url:https://github.com/acme/web/blob/main/catalog-info.yaml' },
      false,
    ],
    [
      'whose file is on another host',
      { file: 'url:https://evil.test/acme/cart/blob/main/catalog-info.yaml' },
      false,
    ],
    ['whose file is on the portal’s disk', { file: 'file:/cart.yaml' }, false],
    [
      'which only says so itself',
      {
        annotations: {
          'backstage.io/source-location': `url:${REPO}/tree/main/`,
          'github.com/project-slug': 'acme/cart',
          'argocd/app-name': 'cart-dev-dev',
        },
      },
      false,
    ],
    [
      'whose owner has the AppProject',
      {
        owners: ['group:default/storefront'],
        project: 'storefront',
        projectOwners: { storefront: ['group:default/storefront'] },
      },
      true,
    ],
    [
      'whose owner has another AppProject',
      {
        owners: ['group:default/storefront'],
        project: 'payments',
        projectOwners: { storefront: ['group:default/storefront'] },
      },
      false,
    ],
    [
      'with a project called like a property',
      { project: 'constructor' },
      false,
    ],
    [
      'whose file’s address cannot be decoded',
      { file: `url:${REPO}/blob/main/%ZZ/catalog-info.yaml` },
      false,
    ],
  ])('%s: %j %s', (_, options, expected) => {
    expect(isProven(options)).toBe(expected);
  });
});

describe('an entity’s file proves something where it was read from a branch', () => {
  const SHA = '0123456789abcdef0123456789abcdef01234567';

  it.each([
    'https://github.com/acme/cart/blob/main/catalog-info.yaml',
    'https://github.com/acme/cart/tree/HEAD/catalog-info.yaml',
    'https://github.com/acme/cart/blob/release-1.2/catalog-info.yaml',
    'https://github.com/acme/cart/blob/v1.2.3/catalog-info.yaml',
    'https://gitlab.com/acme/cart/-/blob/main/catalog-info.yaml',
    'https://gitlab.com/acme/cart/-/blob/main/catalog-info.yaml?ref_type=heads',
    'https://gitea.test/acme/cart/src/branch/main/catalog-info.yaml',
    'https://bitbucket.org/acme/cart/src/main/catalog-info.yaml',
  ])('such as %s', location => {
    const { origin } = new URL(location);
    const file = `url:${new URL(location).href}`;

    expect(isProven({ file, repo: `${origin}/acme/cart` })).toBe(true);
  });

  it.each([
    '/projects/ACME/repos/cart/browse/catalog-info.yaml',
    '/projects/ACME/repos/cart/browse/catalog-info.yaml?at=main',
    '/projects/ACME/repos/cart/browse/catalog-info.yaml?at=refs%2Fheads%2Fa%2Fb',
  ])('such as Bitbucket Server’s %s', place => {
    const repo = 'https://bitbucket.test/projects/acme/repos/cart';
    const file = `url:https://bitbucket.test${place}`;

    expect(isProven({ file, repo })).toBe(true);
  });

  it.each(['', '&version=GBmain', '&version=GTv1'])(
    'such as Azure’s %s',
    version => {
      const repo = 'https://dev.azure.com/acme/My%20shop/_git/cart';
      const file = `url:${repo}?path=%2Fcatalog-info.yaml${version}`;

      expect(isProven({ file, repo })).toBe(true);
    },
  );

  it.each([
    ['a commit, which may be a fork’s', `blob/${SHA}/`],
    ['a commit in capitals', `blob/${SHA.toUpperCase()}/`],
    ['a commit of SHA-256', `blob/${SHA}${SHA.slice(0, 24)}/`],
    ['the beginning of a commit', 'blob/0123abc/'],
    ['what may be the beginning of one', 'blob/cafe/'],
    ['a described commit', 'blob/v1.2-3-g0123abc/'],
    ['an encoded commit', `blob/%30${SHA.slice(1)}/`],
    ['Gitea’s commit', `src/commit/${SHA}/`],
    ['GitLab’s commit', `-/blob/${SHA}/`],
    ['a pull request', 'blob/refs/pull/1/head/'],
    ['an encoded pull request', 'blob/refs%2Fpull%2F1%2Fhead/'],
    ['a pull request, encoded twice', 'blob/refs%252Fpull%252F1%252Fhead/'],
    ['a pull request without refs', 'blob/pull%2F1%2Fhead/'],
    ['GitLab’s merge request', '-/blob/refs%2Fmerge-requests%2F1%2Fhead/'],
    ['what came before a branch', 'blob/main~1/'],
    ['what Git noted down', 'blob/FETCH_HEAD/'],
    ['a ref of a query that Git hostings may take', 'blob/main%3Fref=x/'],
  ])('but not %s', (_, place) => {
    const proof = prove({ file: `url:${REPO}/${place}catalog-info.yaml` });

    expect(proof.isProven).toBe(false);
  });

  it.each([
    `url:${REPO}/blob/main/catalog-info.yaml?ref=${SHA}&`,
    `url:${REPO}/blob/main/catalog-info.yaml#x`,
    `url:${REPO}/blob/main/..%2F..%2Fcatalog-info.yaml`,
    `url:${REPO}/blob/main/..%252F..%252Fcatalog-info.yaml`,
    `url:https://github.com/mallory/cart/blob/main/../../../../acme/cart/blob/main/catalog-info.yaml`,
    `url:https://github.com\\acme/cart/blob/main/catalog-info.yaml`,
    `url:${REPO}?path=/catalog-info.yaml&version=GBmain`,
  ])('but not where it can be read in two ways: %s', file => {
    expect(isProven({ file })).toBe(false);
  });

  it.each([
    `?at=${SHA}`,
    '?at=refs%2Fpull-requests%2F1%2Ffrom',
    '?at=pull-requests%2F1%2Ffrom',
    `?at=main&at=${SHA}`,
    `?at=main%26at%3D${SHA}`,
  ])('but not Bitbucket Server’s %s', query => {
    const repo = 'https://bitbucket.test/projects/acme/repos/cart';

    expect(
      isProven({ repo, file: `url:${repo}/browse/catalog-info.yaml${query}` }),
    ).toBe(false);
  });

  it.each([`GC${SHA}`, `GB${SHA}`, 'GBrefs/pull/1/merge', 'GBpull/1/merge'])(
    'but not Azure’s %s',
    version => {
      const repo = 'https://dev.azure.com/acme/shop/_git/cart';
      const file = `url:${repo}?path=/catalog-info.yaml&version=${version}`;

      expect(isProven({ file, repo })).toBe(false);
    },
  );

  it('and is told else what is wrong, and what to do', () => {
    const proof = prove({ file: `url:${REPO}/blob/${SHA}/catalog-info.yaml` });

    expect(proof).toMatchObject({
      why: expect.stringMatching(
        /at a commit.*forks.*Register the file at a branch.*annotate the Application with backstage.io\/entity-ref: component:default\/cart/,
      ),
    });
  });

  it('and nothing is said of it where the source is somewhere else', () => {
    const file = `url:https://github.com/acme/web/blob/${SHA}/catalog-info.yaml`;

    expect(prove({ file })).toMatchObject({
      why: expect.not.stringContaining('commit'),
    });
  });
});

describe('the label backstage-name', () => {
  const labels = { 'backstage-name': 'Cart' };

  it.each<[string, Parameters<typeof prove>[0], boolean]>([
    ['proves for the component of its name', { labels }, true],
    [
      'proves nothing for one of another name',
      { labels: { 'backstage-name': 'web' } },
      false,
    ],
    ['proves nothing for another kind', { labels, kind: 'API' }, false],
    [
      'proves nothing in another namespace',
      { labels, namespace: 'shop' },
      false,
    ],
    [
      'proves nothing without a value',
      { labels: { 'backstage-name': '' } },
      false,
    ],
    [
      'proves nothing for what an entity’s annotations say',
      {
        labels: { 'backstage-name': 'payments' },
        annotations: {
          'backstage.io/kubernetes-id': 'payments',
          'argocd/app-selector': 'backstage-name=payments',
        },
      },
      false,
    ],
    [
      'counts less than what the Application names',
      { labels, declares: 'component:default/web' },
      false,
    ],
    [
      'is the only label that counts',
      { labels: { 'app.kubernetes.io/name': 'cart' } },
      false,
    ],
  ])('%s: %j %s', (_, options, expected) => {
    expect(isProven(options)).toBe(expected);
  });
});
