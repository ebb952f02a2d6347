import { deployment, release } from '../testing/deployments';
import { versionOf, versionText } from './version';

const retagged = (digest: string) => ({
  version: '1.0.7',
  images: [{ name: 'cart', tag: '1.0.7', digest: `sha256:${digest}` }],
});
const withSidecar = {
  version: '1.0.7',
  images: [...release('1.0.7').images, { name: 'istio/proxyv2', tag: '1.27' }],
};

describe('versionText', () => {
  it.each([
    ['one version', '1.0.7', release('1.0.7'), release('1.0.7')],
    ['a change', '1.0.6 → 1.0.7', release('1.0.6'), release('1.0.7')],
    ['nothing live', '1.0.7', undefined, release('1.0.7')],
    ['nothing rendered', '1.0.6', release('1.0.6'), undefined],
    ['nothing at all', 'Not known', undefined, undefined],
    [
      'the placeholder',
      'No version yet',
      release('unbuilt'),
      release('unbuilt'),
    ],
    ['its first sync', 'No version yet', undefined, release('unbuilt')],
    [
      'the first image',
      'unbuilt → 1.0.1',
      release('unbuilt'),
      release('1.0.1'),
    ],
    [
      'a tag pushed again',
      '1.0.7 @9f86d08 → 1.0.7 @1b4f0e9',
      retagged('9f86d081884c'),
      retagged('1b4f0e985195'),
    ],
    [
      'a commit as tag',
      'main-9f2c1ab',
      release('main-9f2c1ab0d4e6f8a9b7c5d3e1f0a2b4c6d8e0f1a3'),
      release('main-9f2c1ab0d4e6f8a9b7c5d3e1f0a2b4c6d8e0f1a3'),
    ],
    ['a sidecar', '1.0.7', withSidecar, release('1.0.7')],
  ])('for %s is %s', (...[_name, text, live, desired]) => {
    expect(versionText(versionOf(deployment('dev', { live, desired })))).toBe(
      text,
    );
  });
});
