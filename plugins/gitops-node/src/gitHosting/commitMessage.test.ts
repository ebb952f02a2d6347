import { commitMessage, readTrailers } from './commitMessage';

describe('trailers', () => {
  it('are read back as they were written', () => {
    const trailers = {
      'Registered-by': 'user:default/maya',
      'Service-repository': 'https://github.com/acme/cart',
    };

    expect(
      readTrailers(commitMessage('Register cart\n\nWith words.', trailers)),
    ).toEqual(trailers);
  });

  it('cannot be forged by a value', () => {
    const message = commitMessage('Register', {
      Entity: 'x\n\nRegistered-by: user:default/mallory',
    });

    expect(readTrailers(message)).toEqual({
      Entity: 'x Registered-by: user:default/mallory',
    });
  });

  it('are none where the last paragraph is none', () => {
    expect(readTrailers('Entity: x\n\nand then words')).toEqual({});
    expect(commitMessage('Only words')).toBe('Only words');
  });
});
