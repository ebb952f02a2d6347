import { type Entity } from '@backstage/catalog-model';
import { application } from '../__testUtils__/argoApplication';
import { ApplicationStore } from '../applications/ApplicationStore';
import { isSelected, readSelection } from './EntitySelection';
import { selectApplications } from './selectApplications';

function entity(annotations: Record<string, string>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'cart', annotations },
  };
}

const UNDECLARED = { annotations: null };

/** Names of the selected applications; asserts that both ways to ask agree. */
function select(
  annotations: Record<string, string>,
  applications: ReturnType<typeof application>[],
): string[] {
  const store = new ApplicationStore();
  applications.forEach(each => store.put(each));
  const selection = readSelection(entity(annotations), 'github.com');
  const selected = selectApplications(selection, store).map(({ id }) => id);
  expect(
    applications
      .filter(each => isSelected(selection, each))
      .map(({ id }) => id),
  ).toEqual(selected);
  return selected;
}

const CART = application();
const WEB = application({
  metadata: {
    name: 'web',
    namespace: 'apps',
    labels: { team: 'web' },
    annotations: { 'backstage.io/entity-ref': 'component:default/web' },
  },
  spec: { project: 'web', source: { repoURL: 'https://github.com/acme/web' } },
});
const WEB_US = application(
  { metadata: { name: 'web' }, spec: { project: 'web' } },
  'us',
);

describe('selectApplications', () => {
  describe('by annotations', () => {
    it.each<[string, Record<string, string>, string[]]>([
      [
        'name',
        { 'argocd/app-name': 'web' },
        ['main/apps/web', 'us/argocd/web'],
      ],
      ['selector', { 'argocd/app-selector': 'team=web' }, ['main/apps/web']],
      [
        'selector without an equality',
        { 'argocd/app-selector': '!team' },
        ['main/argocd/cart-dev-dev', 'us/argocd/web'],
      ],
      [
        'selector with a set',
        { 'argocd/app-selector': 'team in (web, web, x)' },
        ['main/apps/web'],
      ],
      [
        'project',
        { 'argocd/project-name': 'web' },
        ['main/apps/web', 'us/argocd/web'],
      ],
      [
        'name and namespace',
        { 'argocd/app-name': 'web', 'argocd/app-namespace': 'apps' },
        ['main/apps/web'],
      ],
      [
        'name and project',
        { 'argocd/app-name': 'web', 'argocd/project-name': 'other' },
        [],
      ],
      [
        'name and instances',
        { 'argocd/app-name': 'web', 'argocd/instance-name': 'eu, us' },
        ['us/argocd/web'],
      ],
      [
        'name, which outranks what applications declare',
        { 'argocd/app-name': 'missing' },
        [],
      ],
    ])('by %s', (_, annotations, expected) => {
      expect(select(annotations, [CART, WEB, WEB_US])).toEqual(expected);
    });

    it.each<Record<string, string>>([
      { 'argocd/app-name': '../../admin' },
      { 'argocd/app-name': 'web?project=other' },
      { 'argocd/app-name': 'web%2F..' },
      { 'argocd/app-name': '__proto__' },
      { 'argocd/app-selector': 'team=web&projects=*' },
      { 'argocd/app-selector': 'not a selector(' },
      { 'argocd/project-name': '*' },
    ])('finds nothing by %j', annotations => {
      expect(select(annotations, [CART, WEB, WEB_US])).toEqual([]);
    });

    it('takes empty annotations for none', () => {
      expect(select({ 'argocd/app-name': ' ' }, [CART, WEB])).toEqual([
        CART.id,
      ]);
    });
  });

  describe('by what the platform repository declares', () => {
    it('finds the applications that name the entity', () => {
      expect(select({}, [CART, WEB])).toEqual([CART.id]);
    });

    it('narrows them by instance and namespace', () => {
      expect(select({ 'argocd/instance-name': 'us' }, [CART, WEB])).toEqual([]);
      expect(select({ 'argocd/app-namespace': 'apps' }, [CART])).toEqual([]);
      expect(
        select({ 'argocd/app-namespace': 'apps, argocd' }, [CART]),
      ).toEqual([CART.id]);
    });
  });

  describe('by source', () => {
    const undeclared = (repoURL: string, path = 'deploy/overlays/dev') =>
      application({
        metadata: UNDECLARED,
        spec: { source: { repoURL, path } },
      });

    it.each([
      [
        'the source location',
        {
          'backstage.io/source-location':
            'url:http://localhost:7080/acme/cart/tree/main/',
        },
      ],
      [
        'the project slug, on the host that the entity comes from',
        {
          'github.com/project-slug': 'acme/cart',
          'backstage.io/managed-by-location':
            'url:http://localhost:7080/acme/cart/blob/main/catalog-info.yaml',
        },
      ],
    ])('by %s', (_, annotations) => {
      const applications = [
        undeclared('http://localhost:7080/acme/cart.git'),
        undeclared('http://localhost:7080/acme/cart2'),
      ];
      expect(
        select(annotations as Record<string, string>, applications.slice(0, 1)),
      ).toEqual(['main/argocd/cart-dev-dev']);
      expect(
        select(annotations as Record<string, string>, applications.slice(1)),
      ).toEqual([]);
    });

    it.each([
      'url:https://github.com/acme/cart',
      'url:https://github.com/acme/cart/tree/main',
      'url:https://github.com/acme/cart/blob/main/',
      'url:https://github.com/Acme/Cart.git',
    ])('takes %s for the whole repository', location => {
      const annotations = { 'backstage.io/source-location': location };

      expect(
        select(annotations, [undeclared('git@github.com:acme/cart.git')]),
      ).toHaveLength(1);
    });

    it.each([
      'url:https://github.com/acme/mono/tree/main/services/cart/',
      'url:https://gitlab.com/acme/mono/-/tree/main/services/cart',
      'url:https://bitbucket.org/acme/mono/src/main/services/cart/',
      'url:https://gitea.test/acme/mono/src/branch/main/services/cart/',
      'url:https://dev.azure.com/acme/shop/_git/mono?path=%2Fservices%2Fcart',
    ])('takes only the folder of %s', location => {
      const annotations = { 'backstage.io/source-location': location };
      const host = new URL(location.slice('url:'.length)).host;
      const repository =
        host === 'dev.azure.com'
          ? 'https://dev.azure.com/acme/shop/_git/mono'
          : `https://${host}/acme/mono`;
      const paths = [
        'services/cart/deploy/dev',
        'services/cart',
        'services/cart2/deploy/dev',
        'deploy/dev',
      ];

      expect(
        paths.filter(
          path =>
            select(annotations, [undeclared(repository, path)]).length > 0,
        ),
      ).toEqual(paths.slice(0, 2));
    });

    it.each([
      ['url:https://github.com/acme/mono/tree/feature/x/services/cart/', true],
      ['url:https://github.com/acme/mono/tree/feature%2Fx/services/cart', true],
      ['url:https://github.com/acme/mono/tree/feature/x', true],
      ['url:https://github.com/acme/mono/tree/feature/x/services/web', false],
      ['url:https://github.com/acme/mono/tree/feature/x/services/car', false],
    ])(
      'knows the folder of %s by the branch that is followed',
      (location, expected) => {
        const follows = (targetRevision: string) =>
          application({
            metadata: UNDECLARED,
            spec: {
              source: {
                repoURL: 'https://github.com/acme/mono',
                path: 'services/cart/deploy',
                targetRevision,
              },
            },
          });
        const annotations = { 'backstage.io/source-location': location };

        for (const branch of ['feature/x', 'refs/heads/feature/x']) {
          expect(select(annotations, [follows(branch)])).toHaveLength(
            expected ? 1 : 0,
          );
        }
      },
    );

    it('finds a hydrated application by the folder that people edit', () => {
      const hydrated = application({
        metadata: UNDECLARED,
        spec: {
          source: null,
          sourceHydrator: {
            drySource: {
              repoURL: 'https://github.com/acme/mono',
              path: 'services/cart/deploy',
              targetRevision: 'main',
            },
            syncSource: {
              repoURL: 'https://github.com/acme/hydrated',
              path: 'cart',
              targetBranch: 'environments/dev',
            },
          },
        },
      });
      const at = (location: string) =>
        select({ 'backstage.io/source-location': location }, [hydrated]);
      const mono = 'url:https://github.com/acme/mono/tree/main/services';

      expect(at(`${mono}/cart`)).toHaveLength(1);
      expect(at(`${mono}/web`)).toHaveLength(0);
      expect(at('url:https://github.com/acme/hydrated')).toHaveLength(1);
    });

    it('leaves out an application that declares another entity', () => {
      const others = application({
        metadata: {
          annotations: { 'backstage.io/entity-ref': 'component:default/other' },
        },
      });

      expect(
        select(
          {
            'backstage.io/source-location':
              'url:http://localhost:7080/acme/cart/tree/main/',
          },
          [others],
        ),
      ).toEqual([]);
    });

    it('finds nothing without a repository', () => {
      expect(
        select({ 'backstage.io/source-location': 'file:/tmp/cart' }, [
          undeclared('http://localhost:7080/acme/cart'),
        ]),
      ).toEqual([]);
    });
  });
});
