import {
  isServiceRepository,
  repositoryOfAddress,
  repositoryOfEntity,
} from './serviceRepository';

describe('repositoryOfAddress', () => {
  it.each([
    ['https://github.com/acme/cart', 'https://github.com/acme/cart'],
    [
      'url:http://localhost:7080/acme/cart/tree/main/',
      'http://localhost:7080/acme/cart',
    ],
    ['https://github.com/acme/cart.git', 'https://github.com/acme/cart'],
    ['https://github.com/acme', undefined],
    ['https://x:secret@github.com/acme/cart', undefined],
    ['file:///etc/passwd', undefined],
    ['git@github.com:acme/cart.git', undefined],
    [undefined, undefined],
  ])('%s is %s', (address, repository) => {
    expect(repositoryOfAddress(address)).toBe(repository);
  });
});

describe('repositoryOfEntity', () => {
  it('falls back to the project slug, on the host that the entity comes from', () => {
    const annotations = {
      'github.com/project-slug': 'acme/cart',
      'backstage.io/managed-by-location':
        'url:https://ghe.example.net/acme/all/blob/main/all.yaml',
    };

    expect(
      repositoryOfEntity({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'cart', annotations },
      }),
    ).toBe('https://ghe.example.net/acme/cart');
  });
});

describe('isServiceRepository', () => {
  it.each([
    ['https://github.com/acme/cart', true],
    ['https://github.com/Acme/Cart', true],
    ['https://github.com/acme/cart/more', false],
    ['https://github.com/acme-evil/cart', false],
    ['https://github.com.evil.test/acme/cart', false],
    ['https://githubxcom/acme/cart', false],
    ['https://evil.test/https://github.com/acme/cart', false],
  ])('%s among https://github.com/acme/*: %s', (repository, is) => {
    expect(isServiceRepository(repository, ['https://github.com/acme/*'])).toBe(
      is,
    );
  });

  it('is nothing where nothing is configured', () => {
    expect(isServiceRepository('https://github.com/acme/cart', [])).toBe(false);
  });
});
