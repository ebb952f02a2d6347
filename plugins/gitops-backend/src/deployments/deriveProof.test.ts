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

function isProven(options: {
  /** Where the catalog has read the entity's file. */
  file?: string;
  annotations?: Record<string, string>;
  owners?: string[];
  /** The Application's own annotation. */
  declares?: string;
  path?: string;
  repo?: string;
  project?: string;
  projectOwners?: Record<string, string[]>;
}): boolean {
  const { file, declares, owners = [], project = 'services-dev' } = options;
  const proven = readProvenEntity(
    entity({
      ...options.annotations,
      ...(file && { 'backstage.io/managed-by-location': file }),
    }),
    owners,
  );
  const app = application({
    metadata: {
      annotations: declares ? { 'backstage.io/entity-ref': declares } : null,
    },
    spec: {
      project,
      source: {
        repoURL: options.repo ?? REPO,
        path: options.path ?? 'deploy/overlays/dev',
      },
    },
  });
  return deriveProof(app, proven, options.projectOwners ?? {}).isProven;
}

describe('an application is proven to be an entity’s', () => {
  it.each<[string, Parameters<typeof isProven>[0], boolean]>([
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
