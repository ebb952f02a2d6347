import { sameResource } from '.';

const BASE =
  'https://github.com/acme/auth//deploy/overlays/production?ref=main';

describe('sameResource', () => {
  it.each([
    ['without //', 'https://github.com/acme/auth/deploy/overlays/production'],
    [
      '.git and //',
      'https://github.com/acme/auth.git//deploy/overlays/production',
    ],
    [
      '.git and /',
      'https://github.com/acme/auth.git/deploy/overlays/production',
    ],
    ['no ref', 'https://github.com/acme/auth//deploy/overlays/production'],
    [
      'another ref',
      'https://github.com/acme/auth//deploy/overlays/production?ref=v2',
    ],
    [
      'version',
      'https://github.com/acme/auth//deploy/overlays/production?version=v2',
    ],
    [
      'more parameters',
      'https://github.com/acme/auth//deploy/overlays/production?timeout=90s&submodules=false&ref=x',
    ],
    [
      'a slash at the end',
      'https://github.com/acme/auth//deploy/overlays/production/',
    ],
    [
      'a slash before the ref',
      'https://github.com/acme/auth//deploy/overlays/production/?ref=main',
    ],
    [
      'host in capitals',
      'https://GitHub.com/acme/auth//deploy/overlays/production',
    ],
    [
      'scheme in capitals',
      'HTTPS://github.com/acme/auth//deploy/overlays/production',
    ],
    ['no scheme', 'github.com/acme/auth//deploy/overlays/production?ref=main'],
    ['git::', 'git::https://github.com/acme/auth//deploy/overlays/production'],
    ['gh:', 'gh:acme/auth//deploy/overlays/production'],
    ['ssh', 'ssh://git@github.com/acme/auth//deploy/overlays/production'],
    ['scp', 'git@github.com:acme/auth.git//deploy/overlays/production'],
    [
      'credentials',
      'https://x:y@github.com/acme/auth//deploy/overlays/production',
    ],
    [
      'the default port',
      'https://github.com:443/acme/auth//deploy/overlays/production',
    ],
    [
      'spaces around',
      '  https://github.com/acme/auth//deploy/overlays/production ',
    ],
  ])('knows a remote base again: %s', (_, spelling) => {
    expect(sameResource(spelling, BASE)).toBe(true);
    expect(sameResource(BASE, spelling)).toBe(true);
  });

  it.each([
    [
      'another service',
      'https://github.com/acme/user//deploy/overlays/production',
    ],
    [
      'another owner',
      'https://github.com/other/auth//deploy/overlays/production',
    ],
    [
      'another overlay',
      'https://github.com/acme/auth//deploy/overlays/staging',
    ],
    [
      'another host',
      'https://git.acme.test/acme/auth//deploy/overlays/production',
    ],
    [
      'another port',
      'https://github.com:8443/acme/auth//deploy/overlays/production',
    ],
    ['the repository', 'https://github.com/acme/auth'],
    [
      'a path in capitals',
      'https://github.com/acme/auth//deploy/overlays/Production',
    ],
    [
      'a longer name',
      'https://github.com/acme/auth//deploy/overlays/production-eu',
    ],
    ['a local folder', 'acme/auth/deploy/overlays/production'],
  ])('tells a remote base from %s', (_, other) => {
    expect(sameResource(other, BASE)).toBe(false);
  });

  it.each([
    ['apps/cart.yaml', './apps/cart.yaml'],
    ['apps/cart.yaml', 'apps//cart.yaml'],
    ['apps/cart.yaml', 'apps/../apps/cart.yaml'],
    ['../../base', '../../base/'],
    ['../../base', './../../base'],
    ['.', './'],
  ])('knows %s again as %s', (a, b) => {
    expect(sameResource(a, b)).toBe(true);
  });

  it.each([
    ['apps/cart.yaml', 'apps/Cart.yaml'],
    ['apps/cart.yaml', '../apps/cart.yaml'],
    ['apps/cart.yaml', 'apps/cart.yml'],
    ['apps/cart.yaml', '/apps/cart.yaml'],
    ['../base', '../../base'],
    ['github.company.test/x', 'https://github.company.test/x'],
  ])('tells %s from %s', (a, b) => {
    expect(sameResource(a, b)).toBe(false);
  });

  it('keeps the port of another Git hosting', () => {
    expect(
      sameResource(
        'http://localhost:7080/acme/cart//deploy/overlays/dev?ref=main',
        'http://LOCALHOST:7080/acme/cart.git/deploy/overlays/dev',
      ),
    ).toBe(true);
  });
});
