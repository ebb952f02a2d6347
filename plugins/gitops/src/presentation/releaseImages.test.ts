import { parseImage } from '@callboard/backstage-plugin-gitops-common';
import { imageReference, imageRows } from './releaseImages';

const release = (...images: string[]) => ({
  version: '1',
  images: images.map(parseImage),
});

describe('imageRows', () => {
  it.each([
    {
      name: 'the same',
      live: ['a/cart:1@sha256:x'],
      desired: ['a/cart:1'],
      rows: [['a/cart', true]],
    },
    {
      name: 'another tag',
      live: ['a/cart:1'],
      desired: ['a/cart:2'],
      rows: [['a/cart', false]],
    },
    {
      name: 'a tag that was pushed again',
      live: ['a/cart:1@sha256:x'],
      desired: ['a/cart:1@sha256:y'],
      rows: [['a/cart', false]],
    },
    {
      name: 'a sidecar of the cluster',
      live: ['a/cart:1', 'mesh/proxy:3'],
      desired: ['a/cart:1'],
      rows: [
        ['a/cart', true],
        ['mesh/proxy', false],
      ],
    },
  ])('with $name', ({ live, desired, rows }) => {
    expect(
      imageRows(release(...live), release(...desired)).map(it => [
        it.name,
        it.isSame,
      ]),
    ).toEqual(rows);
  });

  it('has nothing of what is not known', () => {
    expect(imageRows(undefined, undefined)).toEqual([]);
  });
});

describe('imageReference', () => {
  it.each(['a/cart', 'a/cart:1', 'a/cart:1@sha256:9f', 'a/cart@sha256:9f'])(
    'writes %s as it was read',
    reference => {
      expect(imageReference(parseImage(reference))).toBe(reference);
    },
  );
});
