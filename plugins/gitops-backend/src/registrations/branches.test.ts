import { deregisterBranch, imageBranch, registerBranch } from './branches';

describe.each([
  ['registerBranch', registerBranch],
  ['deregisterBranch', deregisterBranch],
  ['imageBranch', imageBranch],
])('%s', (_, branch) => {
  it('is one for each entity and environment', () => {
    const branches = [
      branch('component:default/cart', 'eu-prod'),
      branch('component:default/cart-eu', 'prod'),
      branch('component:other/cart', 'eu-prod'),
      branch('resource:default/cart', 'eu-prod'),
      branch('component:default/component-other-cart', 'eu-prod'),
    ];

    expect(new Set(branches).size).toBe(branches.length);
  });
});

describe('registerBranch', () => {
  it('has the environment first, and tells more only where it must', () => {
    expect(registerBranch('component:default/cart', 'dev')).toBe(
      'gitops/register/dev/cart',
    );
    expect(registerBranch('component:other/lock', 'dev')).toBe(
      'gitops/register/dev/component_other_lock',
    );
  });
});
