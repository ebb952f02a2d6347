import { deriveRelease } from './deriveRelease';

const CART = {
  name: 'cart-dev-dev',
  labels: { 'app.kubernetes.io/name': 'cart' },
  sources: [],
};

function deployment(images: string[], labels: object = {}): string {
  return JSON.stringify({
    kind: 'Deployment',
    metadata: { name: 'cart', labels },
    spec: {
      template: { spec: { containers: images.map(image => ({ image })) } },
    },
  });
}

describe('deriveRelease', () => {
  it.each([
    ['the tag', 'ghcr.io/acme/cart:1.0.7', {}, '1.0.7'],
    [
      'the tag beside a digest',
      'ghcr.io/acme/cart:1.0.7@sha256:0123456789abcdef',
      { 'app.kubernetes.io/version': '9' },
      '1.0.7',
    ],
    [
      'the label, where kustomize dropped the tag',
      'ghcr.io/acme/cart@sha256:0123456789abcdef',
      { 'app.kubernetes.io/version': '1.0.8' },
      '1.0.8',
    ],
    [
      'the digest, shortened',
      'ghcr.io/acme/cart@sha256:0123456789abcdef',
      {},
      '0123456789ab',
    ],
    ['what Kubernetes takes where nothing is said', 'cart', {}, 'latest'],
    ['the placeholder', 'ghcr.io/acme/cart:unbuilt', {}, 'unbuilt'],
  ])('takes %s for the version', (...[, image, labels, version]) => {
    expect(deriveRelease([deployment([image], labels)], CART)?.version).toBe(
      version,
    );
  });

  it('does not take the version of a sidecar', () => {
    const release = deriveRelease(
      [deployment(['envoyproxy/envoy:v1.30', 'ghcr.io/acme/cart:1.0.7'])],
      CART,
    );

    expect(release).toEqual({
      version: '1.0.7',
      images: [
        { name: 'envoyproxy/envoy', tag: 'v1.30' },
        { name: 'ghcr.io/acme/cart', tag: '1.0.7' },
      ],
    });
  });

  it('prefers a deployment to a job', () => {
    const job = JSON.stringify({
      kind: 'CronJob',
      metadata: { name: 'a' },
      spec: {
        jobTemplate: {
          spec: { template: { spec: { containers: [{ image: 'tools:3' }] } } },
        },
      },
    });

    const release = deriveRelease([job, deployment(['shop:4'])], {
      ...CART,
      labels: {},
    });

    expect(release?.version).toBe('4');
    expect(release?.images.map(({ name }) => name)).toEqual(['shop', 'tools']);
  });

  it('names an image once', () => {
    const twice = deployment(['cart:1', 'cart:1']);

    expect(deriveRelease([twice], CART)?.images).toHaveLength(1);
  });

  it.each([
    ['there are none', []],
    ['nothing is live', ['null']],
    ['none runs containers', ['{"kind":"Service","metadata":{"name":"cart"}}']],
    ['they are not JSON', ['<html>']],
    ['they are of another shape', ['[]', '42', '{"kind":"Deployment"}']],
  ])('finds no release where %s', (_, manifests) => {
    expect(deriveRelease(manifests, CART)).toBeUndefined();
  });
});
