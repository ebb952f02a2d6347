import { gatherService, isOfService } from './searchResults';

const CART = 'component:default/cart';

const deployment = (entityRef: string, cluster: string) => ({
  type: 'gitops-deployment',
  document: { location: `/${cluster}`, cluster, deployment: { entityRef } },
});
const component = (location: string, kind = 'Component') => ({
  type: 'software-catalog',
  document: { location, kind, namespace: 'default', title: 'The cart' },
});

const DEV = deployment(CART, 'dev');
const US = deployment(CART, 'us');
const WEB = deployment('component:default/web', 'web');
const ENTITY = component('/catalog/default/component/cart');

describe('isOfService', () => {
  it.each([
    [true, 'a deployment', DEV],
    [true, 'a component', ENTITY],
    [false, 'a group', component('/catalog/default/group/cart', 'Group')],
    [
      false,
      'what somebody else indexed',
      { type: 'techdocs', document: { location: '/docs', kind: 'Component' } },
    ],
  ])('is %s for %s', (expected, _, result) => {
    expect(isOfService(result)).toBe(expected);
  });
});

describe('gatherService', () => {
  it('puts together what is about one service, at its best result', () => {
    const page = [US, WEB, ENTITY, DEV];

    expect(gatherService(US, page)).toEqual({
      entityRef: CART,
      entity: ENTITY.document,
      deployments: [US.document, DEV.document],
    });
    expect(gatherService(ENTITY, page)).toBeUndefined();
    expect(gatherService(DEV, page)).toBeUndefined();
    expect(gatherService(WEB, page)).toEqual({
      entityRef: 'component:default/web',
      deployments: [WEB.document],
    });
  });

  it('shows a result that is not on the page', () => {
    expect(gatherService(DEV, [])?.deployments).toEqual([DEV.document]);
    expect(gatherService(DEV, [US])?.deployments).toEqual([DEV.document]);
  });

  it.each([
    ['/catalog/default/component/cart', CART],
    ['/catalog/default/component/cart?x=/y', CART],
    ['/catalog/default/component/Cart%2E1', 'component:default/cart.1'],
    ['/catalog/default/component/%', 'component:default/%'],
  ])('reads the name of an entity from %s', (location, entityRef) => {
    const result = component(location);

    expect(gatherService(result, [result])?.entityRef).toBe(entityRef);
  });
});
