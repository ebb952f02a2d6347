import { isSameRepository, parseRepositoryAddress } from './repositoryAddress';

function isSame(a: string, b: string): boolean {
  const [first, second] = [a, b].map(parseRepositoryAddress);
  return Boolean(first && second && isSameRepository(first, second));
}

describe('isSameRepository', () => {
  it.each([
    'https://github.com/acme/cart',
    'https://github.com/acme/cart/',
    'https://github.com/acme/cart.git',
    'https://github.com/acme/cart.git/',
    'https://GitHub.com/acme/cart',
    'https://github.com/Acme/Cart',
    'https://github.com:443/acme/cart',
    'https://user:secret@github.com/acme/cart.git',
    'http://github.com/acme/cart',
    'git@github.com:acme/cart.git',
    'git@github.com:acme/cart',
    'ssh://git@github.com/acme/cart.git',
    'ssh://git@github.com:22/acme/cart',
    'ssh://git@github.com:2222/acme/cart',
    '  https://github.com/acme/cart\n',
  ])('recognises %s', spelling => {
    expect(isSame(spelling, 'https://github.com/acme/cart')).toBe(true);
  });

  it.each([
    'https://github.com/acme/cart2',
    'https://github.com/acme/cart/more',
    'https://github.com/other/cart',
    'https://github.example.com/acme/cart',
    'https://github.com:8443/acme/cart',
    'git@gitlab.com:acme/cart.git',
    'https://github.com/acme/cart.github',
  ])('tells %s apart', other => {
    expect(isSame(other, 'https://github.com/acme/cart')).toBe(false);
  });

  it('keeps the port of a web address', () => {
    expect(
      isSame(
        'http://localhost:7080/acme/cart',
        'http://LOCALHOST:7080/acme/cart.git',
      ),
    ).toBe(true);
    expect(
      isSame(
        'http://localhost:7080/acme/cart',
        'http://localhost:7081/acme/cart',
      ),
    ).toBe(false);
  });

  it.each(['', 'cart', '/acme/cart', 'https://github.com', 'https://', ':'])(
    'reads nothing from %p',
    text => {
      expect(parseRepositoryAddress(text)).toBeUndefined();
    },
  );
});
