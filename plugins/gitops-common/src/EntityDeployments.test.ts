import { formatDeploymentResource, parseDeploymentResource } from '.';

describe('the name of a deployment for the permission framework', () => {
  it.each([
    ['main', 'argocd', 'cart-dev'],
    ['eu/1@x', 'team a', 'ü%2F'],
  ])('is read back: %s/%s/%s', (...application) => {
    const [instance, namespace, name] = application;
    const deployment = {
      entityRef: 'component:default/cart',
      instance,
      namespace,
      name,
    };

    expect(
      parseDeploymentResource(formatDeploymentResource(deployment)),
    ).toEqual(deployment);
  });

  it.each([
    '',
    '@main/argocd/cart',
    'component:default/cart',
    'component:default/cart@main/cart',
    'component:default/cart@main//cart',
    'component:default/cart@main/argocd/cart/x',
    'component:default/cart@main/argocd/%',
  ])('is none: %s', text => {
    expect(parseDeploymentResource(text)).toBeUndefined();
  });
});
