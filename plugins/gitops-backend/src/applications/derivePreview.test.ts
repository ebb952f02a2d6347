import { derivePreview } from './derivePreview';

const GITHUB = { pullRequest: { github: { owner: 'acme', repo: 'cart' } } };

function preview(
  generators: unknown[],
  template: string | undefined = 'cart-{{number}}',
  name: string = 'cart-42',
) {
  return derivePreview(
    { spec: { generators, template: { metadata: { name: template } } } },
    name,
  );
}

describe('derivePreview', () => {
  it.each([
    [
      { github: { owner: 'acme', repo: 'cart' } },
      'https://github.com/acme/cart/pull/42',
    ],
    [
      {
        github: { owner: 'acme', repo: 'cart', api: 'https://api.github.com/' },
      },
      'https://github.com/acme/cart/pull/42',
    ],
    [
      {
        github: {
          owner: 'acme',
          repo: 'cart',
          api: 'https://git.acme.test/api/v3',
        },
      },
      'https://git.acme.test/acme/cart/pull/42',
    ],
    [
      {
        gitlab: { project: 'acme/shop/cart', api: 'https://gitlab.acme.test' },
      },
      'https://gitlab.acme.test/acme/shop/cart/-/merge_requests/42',
    ],
    [{ gitlab: { project: '4711' } }, undefined],
    [{ gitea: { owner: 'acme', repo: 'cart' } }, undefined],
    [{ github: { owner: '../..', repo: 'cart' } }, undefined],
    [
      { github: { owner: 'a', repo: 'b', api: 'file:///etc/passwd' } },
      undefined,
    ],
    [{ github: { owner: 'a', repo: 'b', api: 'nonsense' } }, undefined],
  ])('of %j links to %s', (pullRequest, url) => {
    expect(preview([{ pullRequest }])).toEqual({
      pullRequest: { number: 42, ...(url && { url }) },
    });
  });

  it.each([
    ['cart-pr-{{.number}}', 'cart-pr-7', 7],
    ['{{ .branch_slug }}-{{ number }}', 'fix-1-7', 7],
    ['{{.number}}-{{.head_short_sha_7}}', '7-0123456', 7],
    ['{{- .number -}}.cart', '7.cart', 7],
    ['cart.{{number}}', 'cartx7', undefined],
    ['cart-{{number}}', 'cart-latest', undefined],
    ['cart-{{.branch}}', 'cart-7', undefined],
    [undefined, 'cart-7', undefined],
    ['{{a}}{{b}}{{c}}{{number}}', '1234', undefined],
  ])('reads %s of %s as %s', (template, name, number) => {
    const found = preview([GITHUB], template ?? '', name);
    expect(found?.pullRequest?.number).toBe(number);
  });

  it.each([
    [[{ matrix: { generators: [{ clusters: {} }, GITHUB] } }]],
    [[{ merge: { generators: [{ matrix: { generators: [GITHUB] } }] } }]],
    [[GITHUB, GITHUB]],
  ])('finds pull requests in %j', generators => {
    expect(preview(generators)?.pullRequest?.number).toBe(42);
  });

  it('links to neither of two repositories', () => {
    expect(preview([GITHUB, GITHUB])?.pullRequest).not.toHaveProperty('url');
  });

  it.each([
    [[]],
    [[{ list: { elements: [] } }]],
    [[GITHUB, { git: { files: [] } }]],
    [[{ pullRequest: 'nonsense' }]],
    [['nonsense', null]],
  ])('is none with %j', generators => {
    expect(preview(generators)).toBeUndefined();
  });
});
