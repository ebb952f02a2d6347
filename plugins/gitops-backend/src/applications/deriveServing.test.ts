import {
  parseImage,
  type Release,
} from '@callboard/backstage-plugin-gitops-common';
import { type ArgoTreeNode } from '../argocd/detailSchema';
import {
  deriveOlderImages,
  deriveOlderRelease,
  deriveServingImages,
  hasImage,
} from './deriveServing';

const CART = { name: 'cart', labels: {}, sources: [] };
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const OTHER_DIGEST = `sha256:${'f'.repeat(64)}`;

const release = (version: string, ...images: string[]): Release => ({
  version,
  images: images.map(parseImage),
});
const images = (...references: string[]) => references.map(parseImage);

function pod(image: string, changes: Partial<ArgoTreeNode> = {}): ArgoTreeNode {
  return {
    kind: 'Pod',
    images: [image],
    health: { status: 'Healthy' },
    parentRefs: [{ kind: 'ReplicaSet' }],
    createdAt: '2026-01-02T03:00:00Z',
    ...changes,
  };
}

describe('deriveServingImages', () => {
  it('takes pods that are ready, the oldest first', () => {
    expect(
      deriveServingImages([
        pod('cart:2', { createdAt: '2026-01-02T04:00:00Z' }),
        pod('cart:1'),
        pod('cart:3', { health: { status: 'Progressing' } }),
        { kind: 'ReplicaSet', health: { status: 'Healthy' } },
      ]),
    ).toEqual(images('cart:1', 'cart:2'));
  });

  it('leaves out what comes to an end by itself', () => {
    expect(
      deriveServingImages([
        pod('cart:1', { parentRefs: [{ kind: 'Job' }] }),
        pod('cart:1', { parentRefs: null }),
      ]),
    ).toEqual([]);
  });
});

describe('deriveOlderImages', () => {
  it.each([
    ['nothing serves', [], []],
    ['only what is told of serves', ['cart:2'], []],
    ['another release serves', ['cart:1'], ['cart:1']],
    ['both serve', ['cart:1', 'cart:2'], ['cart:1']],
    ['two others serve', ['cart:0', 'cart:1'], ['cart:0']],
    ['only a sidecar is another one', ['proxy:9', 'cart:2'], []],
    ['the cluster started it by its digest', [`cart@${DIGEST}`], []],
  ])('says what is older where %s', (_, serving, older) => {
    expect(
      deriveOlderImages(release('2', 'cart:2'), images(...serving)),
    ).toEqual(images(...older));
  });

  it('compares digests where both sides have one', () => {
    const told = release('2', `cart@${DIGEST}`);

    expect(deriveOlderImages(told, images(`cart@${DIGEST}`))).toEqual([]);
    expect(deriveOlderImages(told, images(`cart@${OTHER_DIGEST}`))).toEqual(
      images(`cart@${OTHER_DIGEST}`),
    );
  });

  it('finds nothing older where one image is told of twice', () => {
    expect(
      deriveOlderImages(
        release('2', 'cart:2', 'cart:1'),
        images('cart:1', 'cart:2'),
      ),
    ).toEqual([]);
  });
});

describe('deriveOlderRelease', () => {
  it('has the version of the main image', () => {
    expect(
      deriveOlderRelease(
        release('2', 'proxy:9', 'cart:2'),
        images('cart:1'),
        CART,
      ),
    ).toEqual(release('1', 'proxy:9', 'cart:1'));
  });

  it('has the version that is told of where only a sidecar is older', () => {
    expect(
      deriveOlderRelease(
        release('2', 'proxy:9', 'cart:2'),
        images('proxy:8'),
        CART,
      ),
    ).toEqual(release('2', 'proxy:8', 'cart:2'));
  });

  it('takes the image for the main one that the version is from', () => {
    expect(
      deriveOlderRelease(
        release('2', 'proxy:9', 'shop:2'),
        images('shop:1'),
        CART,
      ).version,
    ).toBe('1');
  });
});

describe('hasImage', () => {
  it.each([
    ['cart:1', true],
    [`cart@${DIGEST}`, true],
    ['cart:2', false],
    ['shop:1', false],
  ])('compares with %s', (reference, expected) => {
    expect(hasImage(release('1', 'cart:1'), parseImage(reference))).toBe(
      expected,
    );
  });
});
