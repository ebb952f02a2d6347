import { isUnbuilt, parseImage } from './Release';

describe('parseImage', () => {
  it.each([
    ['cart', { name: 'cart' }],
    ['ghcr.io/acme/cart:1.0.7', { name: 'ghcr.io/acme/cart', tag: '1.0.7' }],
    ['localhost:5000/cart', { name: 'localhost:5000/cart' }],
    ['localhost:5000/cart:dev', { name: 'localhost:5000/cart', tag: 'dev' }],
    [
      'ghcr.io/acme/cart@sha256:9f86',
      { name: 'ghcr.io/acme/cart', digest: 'sha256:9f86' },
    ],
    [
      'ghcr.io/acme/cart:1.0.7@sha256:9f86',
      { name: 'ghcr.io/acme/cart', tag: '1.0.7', digest: 'sha256:9f86' },
    ],
  ])('takes %s apart', (reference, image) => {
    expect(parseImage(reference)).toEqual(image);
  });
});

describe('isUnbuilt', () => {
  it('tells the placeholder from a release', () => {
    expect(isUnbuilt({ version: 'unbuilt', images: [] })).toBe(true);
    expect(isUnbuilt({ version: '1.0.0', images: [] })).toBe(false);
    expect(isUnbuilt(undefined)).toBe(false);
  });
});
