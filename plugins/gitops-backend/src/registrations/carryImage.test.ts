import { overlay } from './__testUtils__/serviceFiles';
import { hasPlaceholder, type Overlay, planCarriedImage } from './carryImage';

const IMAGE = { tag: '1.0.7', digest: `sha256:${'a'.repeat(64)}` };
const OLDER = { tag: '1.0.6', digest: `sha256:${'b'.repeat(64)}` };

function overlayOf(
  environment: string,
  image?: { tag: string; digest: string },
): Overlay {
  return {
    environment,
    path: `deploy/overlays/${environment}/kustomization.yaml`,
    image: 'cart',
    text: overlay('cart', environment, image),
  };
}

describe('planCarriedImage', () => {
  it('takes the image of the nearest earlier environment that has one', () => {
    const carried = planCarriedImage(overlayOf('production'), [
      overlayOf('dev', IMAGE),
      overlayOf('staging', OLDER),
    ]);

    expect(carried).toMatchObject({ from: 'staging', version: '1.0.6' });
  });

  it('passes over earlier environments that have none', () => {
    const carried = planCarriedImage(overlayOf('production'), [
      overlayOf('dev', IMAGE),
      overlayOf('staging'),
      { ...overlayOf('uat'), text: null },
    ]);

    expect(carried?.from).toBe('dev');
  });

  it.each([
    [
      'the overlay has an image',
      overlayOf('staging', OLDER),
      [overlayOf('dev', IMAGE)],
    ],
    ['nothing was built', overlayOf('staging'), [overlayOf('dev')]],
    ['it is the first environment', overlayOf('dev'), []],
  ])('takes none where %s', (_, wanted, earlier) => {
    expect(planCarriedImage(wanted, earlier)).toBeUndefined();
  });

  it('writes tag, digest and version label, and nothing else', () => {
    const carried = planCarriedImage(overlayOf('staging'), [
      overlayOf('dev', IMAGE),
    ]);

    expect(carried?.edit.edit(overlay('cart', 'staging'))).toBe(
      overlay('cart', 'staging', IMAGE),
    );
  });

  it('leaves an image that came in between', () => {
    const carried = planCarriedImage(overlayOf('staging'), [
      overlayOf('dev', IMAGE),
    ]);
    const faster = overlay('cart', 'staging', OLDER);

    expect(carried?.edit.edit(faster)).toBe(faster);
    expect(carried?.edit.edit(null)).toBeNull();
  });

  it('names the file that cannot be read', () => {
    expect(() =>
      hasPlaceholder({ ...overlayOf('dev'), text: 'images: [' }),
    ).toThrow('deploy/overlays/dev/kustomization.yaml: ');
  });
});
