import {
  deploymentKey,
  parseDeploymentLink,
  withDeploymentLink,
} from './deploymentLink';

const parse = (query: string) =>
  parseDeploymentLink(new URLSearchParams(query));

describe('parseDeploymentLink', () => {
  it.each([
    ['', { section: 'summary' }],
    [
      '?deployment=main/argocd/cart-dev',
      { deployment: 'main/argocd/cart-dev', section: 'summary' },
    ],
    [
      '?deployment=a/b/c&section=diff',
      { deployment: 'a/b/c', section: 'diff' },
    ],
    [
      '?deployment=a/b/c&section=nonsense',
      { deployment: 'a/b/c', section: 'summary' },
    ],
    [
      '?deployment=a/b/c&section=logs',
      { deployment: 'a/b/c', section: 'resources' },
    ],
    [
      '?deployment=a/b/c&section=logs&pod=cart/cart-1',
      {
        deployment: 'a/b/c',
        section: 'logs',
        pod: { namespace: 'cart', name: 'cart-1' },
      },
    ],
    [
      '?deployment=a/b/c&section=logs&pod=x/y/z',
      { deployment: 'a/b/c', section: 'resources' },
    ],
  ])('reads %s', (query, link) => {
    expect(parse(query)).toEqual(link);
  });
});

describe('withDeploymentLink', () => {
  it('leaves alone what else the address says', () => {
    const query = new URLSearchParams('?filter=me&section=events');
    const link = {
      deployment: deploymentKey({
        instance: 'main',
        namespace: 'argocd',
        name: 'cart-dev',
      }),
      section: 'diff',
    } as const;

    const opened = withDeploymentLink(query, link);

    expect(opened).toBe(
      '?filter=me&deployment=main/argocd/cart-dev&section=diff',
    );
    expect(parse(opened)).toEqual(link);
    expect(withDeploymentLink(new URLSearchParams(opened), undefined)).toBe(
      '?filter=me',
    );
  });

  it('is empty where nothing is left to say', () => {
    expect(
      withDeploymentLink(new URLSearchParams('?deployment=a/b/c'), undefined),
    ).toBe('');
  });
});
