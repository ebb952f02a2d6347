import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { SHA_1 } from '../__testUtils__/argoApplication';
import { commitUrl } from './commitUrl';

const integrations = ScmIntegrations.fromConfig(
  new ConfigReader({
    integrations: {
      github: [
        {
          host: 'localhost:7080',
          apiBaseUrl: 'http://localhost:7080/api/v3',
          rawBaseUrl: 'http://localhost:7080/raw',
        },
      ],
      gitlab: [{ host: 'gitlab.com' }],
    },
  }),
);

describe('commitUrl', () => {
  it.each([
    [
      'http://localhost:7080/acme/cart',
      'http://localhost:7080/acme/cart/commit/',
    ],
    [
      'https://github.com/acme/cart.git',
      'https://github.com/acme/cart/commit/',
    ],
    ['git@github.com:acme/cart.git', 'https://github.com/acme/cart/commit/'],
    [
      'https://user:secret@github.com/acme/cart/',
      'https://github.com/acme/cart/commit/',
    ],
    ['https://gitlab.com/a/b/c.git', 'https://gitlab.com/a/b/c/-/commit/'],
  ])('links %s', (repo, expected) => {
    expect(commitUrl({ kind: 'git', repo, value: SHA_1 }, integrations)).toBe(
      `${expected}${SHA_1}`,
    );
  });

  it.each([
    ['an unknown host', 'git', 'https://git.acme.test/acme/cart', SHA_1],
    ['a chart', 'chart', 'https://github.com/acme/cart', '1.2.3'],
    ['a branch', 'git', 'https://github.com/acme/cart', 'main'],
    ['another protocol', 'git', 'ftp://github.com/acme/cart', SHA_1],
    ['no address', 'git', '', SHA_1],
  ] as const)('links nothing for %s', (...[, kind, repo, value]) => {
    expect(commitUrl({ kind, repo, value }, integrations)).toBeUndefined();
  });
});
