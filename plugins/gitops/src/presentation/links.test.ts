import { prefilled } from './addToEnvironment';
import { repositoryOf } from './repository';
import { shortRevision } from './revision';

describe('repositoryOf', () => {
  it.each([
    [
      'url:https://github.test/acme/cart/tree/main/',
      'https://github.test/acme/cart',
    ],
    ['url:https://github.test/acme/cart.git', 'https://github.test/acme/cart'],
    [
      'url:https://gitlab.test/shop/core/cart/-/tree/main/',
      'https://gitlab.test/shop/core/cart',
    ],
    ['url:http://localhost:7080/acme/cart/', 'http://localhost:7080/acme/cart'],
    ['file:/srv/cart', undefined],
    ['url:javascript:alert(1)', undefined],
    [undefined, undefined],
  ])('takes the repository out of %s', (location, url) => {
    const entity = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: 'cart',
        ...(location && {
          annotations: { 'backstage.io/source-location': location },
        }),
      },
    };

    expect(repositoryOf(entity)?.url).toBe(url);
  });
});

describe('shortRevision', () => {
  it('shortens commits, and nothing else', () => {
    const repo = 'https://github.test/acme/cart';
    const sha = '9f2c1ab0d4e6f8a9b7c5d3e1f0a2b4c6d8e0f1a3';

    expect(shortRevision({ kind: 'git', repo, value: sha })).toBe('9f2c1ab');
    expect(shortRevision({ kind: 'git', repo, value: 'main' })).toBe('main');
    expect(shortRevision({ kind: 'chart', repo, value: '12.3.4' })).toBe(
      '12.3.4',
    );
  });
});

describe('prefilled', () => {
  it('survives being put into an address', () => {
    const form = { entityRef: 'component:default/a&b', environment: 'dev' };
    const query = new URLSearchParams(prefilled(form));

    expect(JSON.parse(query.get('formData') ?? '')).toEqual(form);
  });
});
