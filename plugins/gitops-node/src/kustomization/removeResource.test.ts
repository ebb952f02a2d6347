import { addResource, removeResource } from '.';

const lines = (...parts: string[]) => `${parts.join('\n')}\n`;

describe('removeResource', () => {
  it('deletes the line and leaves the comments of others', () => {
    const text = lines(
      'resources:',
      '  # the shop',
      '  - web.yaml # first',
      '  # the cart',
      '  - ./cart.yaml # second',
      '',
      '  - search.yaml',
    );

    expect(removeResource(text, 'cart.yaml')).toBe(
      lines(
        'resources:',
        '  # the shop',
        '  - web.yaml # first',
        '  # the cart',
        '',
        '  - search.yaml',
      ),
    );
  });

  it.each([
    [
      'the only entry of a list that has a comment',
      lines('resources: # apps', '  - cart.yaml', 'namespace: x'),
      lines('resources: # apps', 'namespace: x'),
    ],
    [
      'the only entry under a comment',
      lines('resources:', '  # the cart', '  - cart.yaml'),
      lines('resources:', '  # the cart'),
    ],
    [
      'the only entry of a list in the middle',
      lines('resources:', '  - cart.yaml', 'namespace: x'),
      lines('resources:', 'namespace: x'),
    ],
    [
      'the list where it is as we write it',
      lines('namespace: x', 'resources:', '  - cart.yaml'),
      lines('namespace: x'),
    ],
    [
      'both spellings',
      lines('resources:', '  - cart.yaml', '  - web.yaml', '  - ./cart.yaml'),
      lines('resources:', '  - web.yaml'),
    ],
    [
      'an entry over several lines',
      lines('resources:', '  - >-', '    cart.yaml', '  - web.yaml'),
      lines('resources:', '  - web.yaml'),
    ],
    [
      'the first after an explicit key',
      lines('? resources', ': - cart.yaml', '  - web.yaml'),
      lines('? resources', ': - web.yaml'),
    ],
    [
      'the first of a flow list',
      lines('resources: [cart.yaml, web.yaml]'),
      lines('resources: [web.yaml]'),
    ],
    [
      'one in the middle of a flow list',
      lines('resources: [a.yaml, cart.yaml,', '  web.yaml]'),
      lines('resources: [a.yaml,', '  web.yaml]'),
    ],
    [
      'the last of a flow list with lines',
      lines('resources: [', '  web.yaml,', '  cart.yaml', ']'),
      lines('resources: [', '  web.yaml', ']'),
    ],
    [
      'one in quotes',
      lines('resources:', '  - "cart.yaml"', "  - 'web.yaml'"),
      lines('resources:', "  - 'web.yaml'"),
    ],
  ])('removes %s', (_, text, expected) => {
    expect(removeResource(text, 'cart.yaml')).toBe(expected);
  });

  it('leaves a file without the entry alone', () => {
    const text = lines('resources:', '  - web.yaml', '#  - cart.yaml');

    expect(removeResource(text, 'cart.yaml')).toBe(text);
    expect(removeResource('namespace: x\n', 'cart.yaml')).toBe(
      'namespace: x\n',
    );
  });

  it('refuses to remove an entry that others refer to', () => {
    const text = lines('resources:', '  - &cart cart.yaml', 'crds: [*cart]');

    expect(() => removeResource(text, 'cart.yaml')).toThrow(
      /cannot be changed without changing something else/,
    );
  });

  it('undoes an entry of a list that had no value, but for the brackets', () => {
    const added = addResource('resources:\n', 'cart.yaml');

    expect(added).toBe('resources: [cart.yaml]\n');
    expect(removeResource(added, 'cart.yaml')).toBe('resources: []\n');
  });
});
