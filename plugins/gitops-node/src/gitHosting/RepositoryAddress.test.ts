import { parseRepositoryAddress } from './RepositoryAddress';

describe('parseRepositoryAddress', () => {
  it.each([
    'http://localhost:7080/acme/cart',
    'http://localhost:7080/acme/cart/',
    'http://localhost:7080/acme/cart.git',
    'http://localhost:7080/acme/cart/tree/main/deploy',
  ])('reads %s', address => {
    expect(parseRepositoryAddress(address)).toEqual({
      host: 'localhost:7080',
      owner: 'acme',
      name: 'cart',
      url: 'http://localhost:7080/acme/cart',
    });
  });

  it.each(['acme/cart', 'git@github.com:acme/cart', 'https://github.com/acme'])(
    'refuses %s',
    address => {
      expect(() => parseRepositoryAddress(address)).toThrow('web address');
    },
  );

  it('does not repeat credentials', () => {
    expect(() =>
      parseRepositoryAddress('https://maya:secret@github.com/acme/cart'),
    ).toThrow(/^(?!.*secret).*credentials/);
  });
});
