import { overlay, UNBUILT } from '../demo/deployFolder';
import { bumpOverlay } from './bumpOverlay';

const image = {
  name: 'ghcr.io/acme/cart',
  tag: '1.0.7',
  digest: `sha256:${'a'.repeat(64)}`,
};

describe('bumpOverlay', () => {
  it('turns the placeholder into the first release', () => {
    expect(bumpOverlay(overlay('cart', 'dev', UNBUILT), image)).toBe(
      overlay('cart', 'dev', image),
    );
  });

  it('replaces the release before', () => {
    const before = { tag: '1.0.6', digest: `sha256:${'b'.repeat(64)}` };
    expect(bumpOverlay(overlay('cart', 'dev', before), image)).toBe(
      overlay('cart', 'dev', image),
    );
  });

  it('changes nothing the second time', () => {
    const once = bumpOverlay(overlay('cart', 'dev', UNBUILT), image);
    expect(bumpOverlay(once, image)).toBe(once);
  });

  it('leaves comments, other images and odd line ends alone', () => {
    const text = [
      '# by hand',
      'images: # ours',
      '- newTag: unbuilt # soon',
      '  newName: ghcr.io/acme/cart',
      '  name: cart',
      '- {name: redis, newTag: "7"}',
      '',
    ].join('\r\n');
    expect(bumpOverlay(text, image)).toBe(
      [
        '# by hand',
        'images: # ours',
        '- newTag: "1.0.7" # soon',
        `  digest: ${image.digest}`,
        '  newName: ghcr.io/acme/cart',
        '  name: cart',
        '- {name: redis, newTag: "7"}',
        '',
      ].join('\r\n'),
    );
  });

  it('adds the digest at the end of a text without a last line end', () => {
    const text = 'images:\n  - name: ghcr.io/acme/cart\n    newTag: x';
    expect(bumpOverlay(text, image)).toBe(
      `images:\n  - name: ghcr.io/acme/cart\n    newTag: "1.0.7"\n    digest: ${image.digest}`,
    );
  });

  it('refuses an overlay of another image', () => {
    const text = overlay('web', 'dev', UNBUILT);
    expect(() => bumpOverlay(text, image)).toThrow(
      'newName: ghcr.io/acme/cart',
    );
  });
});
