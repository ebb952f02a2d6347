import { InputError } from '@backstage/errors';
import { readImage, setImage, setVersionLabel } from '.';

const lines = (...parts: string[]) => `${parts.join('\n')}\n`;
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

const overlay = lines(
  'namespace: hello-dev',
  '',
  'resources:',
  '  - ../../base',
  '',
  'labels:',
  '  - pairs:',
  '      app.kubernetes.io/part-of: hello',
  '      app.kubernetes.io/version: "unbuilt"',
  '',
  'images:',
  '  - name: hello # ours',
  '    newName: ghcr.io/acme/hello',
  '    newTag: "unbuilt" # set by CI',
);

describe('setImage', () => {
  it('changes the tag in its quotes and adds the digest', () => {
    expect(
      setImage(overlay, { name: 'hello', newTag: '1.0.7', digest: DIGEST }),
    ).toBe(
      overlay.replace(
        '"unbuilt" # set by CI\n',
        `"1.0.7" # set by CI\n    digest: ${DIGEST}\n`,
      ),
    );
  });

  it.each([
    ['a number', '1.0', '"1.0"'],
    ['a number with an exponent', '1e3', '"1e3"'],
    ['a hexadecimal number', '0x10', '"0x10"'],
    ['an octal number', '010', '"010"'],
    ['a number of YAML 1.1', '1_000', '"1_000"'],
    ['a number to the base of 60', '12:30', '"12:30"'],
    ['a date', '2024-01-02', '"2024-01-02"'],
    ['a boolean', 'true', '"true"'],
    ['a boolean of YAML 1.1', 'on', '"on"'],
    ['null', 'null', '"null"'],
    ['digits of a commit', '1234567', '"1234567"'],
    ['a commit that looks like a number', '123e456', '"123e456"'],
    ['a version', '1.0.7', '1.0.7'],
    ['a word', 'v1', 'v1'],
  ])('quotes %s where it must', (_, tag, written) => {
    const text = lines('images:', '- name: hello', '  newTag: v0');

    expect(setImage(text, { name: 'hello', newTag: tag })).toBe(
      lines('images:', '- name: hello', `  newTag: ${written}`),
    );
  });

  it.each([
    [
      'a tag that was a number',
      lines('images:', '- name: hello', '  newTag: 1.0'),
      lines('images:', '- name: hello', '  newTag: "1.0"'),
    ],
    [
      'a tag without value',
      lines('images:', '- name: hello', '  newTag:', 'namespace: x'),
      lines('images:', '- name: hello', '  newTag: "1.0"', 'namespace: x'),
    ],
    [
      'a flow map',
      lines('images: [{name: cart}, {name: hello, newTag: "0.9"}] # all'),
      lines('images: [{name: cart}, {name: hello, newTag: "1.0"}] # all'),
    ],
    [
      'a flow map without the field',
      lines('images:', '- {name: hello}'),
      lines('images:', '- {name: hello, newTag: "1.0"}'),
    ],
    [
      'JSON',
      lines('{"images": [{"name": "hello"}]}'),
      lines('{"images": [{"name": "hello", "newTag": "1.0"}]}'),
    ],
    [
      'another order, with comments',
      lines(
        'images:',
        '  - newTag: "0.9" # tag',
        '    # its name',
        '    name: hello',
      ),
      lines(
        'images:',
        '  - newTag: "1.0" # tag',
        '    # its name',
        '    name: hello',
      ),
    ],
    [
      'a list without the image',
      lines('images:', '  - name: cart', '    newTag: v1', 'namespace: x'),
      lines(
        'images:',
        '  - name: cart',
        '    newTag: v1',
        '  - name: hello',
        '    newTag: "1.0"',
        'namespace: x',
      ),
    ],
    [
      'a file without the list',
      lines('resources:', '- ../../base'),
      lines(
        'resources:',
        '- ../../base',
        'images:',
        '- name: hello',
        '  newTag: "1.0"',
      ),
    ],
    [
      'an empty list',
      lines('images: []'),
      lines('images: [{name: hello, newTag: "1.0"}]'),
    ],
    [
      'a list without value',
      lines('images:', 'namespace: x'),
      lines('images: [{name: hello, newTag: "1.0"}]', 'namespace: x'),
    ],
    [
      'line breaks of Windows',
      'images:\r\n- name: hello\r\n  newName: x/hello\r\n',
      'images:\r\n- name: hello\r\n  newName: x/hello\r\n  newTag: "1.0"\r\n',
    ],
    [
      'no line break at the end',
      'images:\n- name: hello',
      'images:\n- name: hello\n  newTag: "1.0"',
    ],
    [
      'single quotes',
      lines('images:', "- name: 'hello'", "  newTag: '0.9'"),
      lines('images:', "- name: 'hello'", "  newTag: '1.0'"),
    ],
    [
      'an alias as value',
      lines('x: &tag v1', 'images:', '- name: hello', '  newTag: *tag'),
      lines('x: &tag v1', 'images:', '- name: hello', '  newTag: "1.0"'),
    ],
  ])('sets the tag in %s', (_, text, expected) => {
    const edited = setImage(text, { name: 'hello', newTag: '1.0' });

    expect(edited).toBe(expected);
    expect(setImage(edited, { name: 'hello', newTag: '1.0' })).toBe(edited);
    expect(readImage(edited, 'hello')).toMatchObject({ newTag: '1.0' });
  });

  it('removes a field that is null, and only that', () => {
    const text = setImage(overlay, { name: 'hello', digest: DIGEST });

    expect(setImage(text, { name: 'hello', digest: null })).toBe(overlay);
    expect(
      setImage('images: [{name: hello, digest: x, newTag: v1}]\n', {
        name: 'hello',
        digest: null,
      }),
    ).toBe('images: [{name: hello, newTag: v1}]\n');
    expect(
      setImage(lines('images:', '- digest: x', '  name: hello'), {
        name: 'hello',
        digest: null,
      }),
    ).toBe(lines('images:', '- name: hello'));
  });

  it.each([
    ['an alias as entry', 'x: &i {name: hello}\nimages:\n- *i\n'],
    ['an alias as list', 'x: &i [{name: hello}]\nimages: *i\n'],
    [
      'a value that others refer to',
      'images:\n- {name: hello, newTag: &t v1}\n- {name: b, newTag: *t}\n',
    ],
    ['a text as list', 'images: hello\n'],
  ])('refuses %s', (_, text) => {
    expect(() => setImage(text, { name: 'hello', newTag: 'v2' })).toThrow(
      InputError,
    );
  });
});

describe('readImage', () => {
  it('reads what is there, numbers as they are named', () => {
    expect(readImage(overlay, 'hello')).toEqual({
      name: 'hello',
      newName: 'ghcr.io/acme/hello',
      newTag: 'unbuilt',
    });
    expect(readImage(overlay, 'cart')).toBeUndefined();
    expect(readImage('namespace: x\n', 'hello')).toBeUndefined();
    expect(
      readImage('images: [{name: hello, newTag: 1.10}]\n', 'hello'),
    ).toEqual({ name: 'hello', newTag: '1.10' });
  });
});

describe('setVersionLabel', () => {
  it('changes the label where it is', () => {
    expect(setVersionLabel(overlay, '1.0.7')).toBe(
      overlay.replace('version: "unbuilt"', 'version: "1.0.7"'),
    );
    expect(setVersionLabel(overlay, 'unbuilt')).toBe(overlay);
  });

  it.each([
    [
      'beside other labels',
      lines(
        'labels:',
        '  - pairs:',
        '      team: a',
        '    includeSelectors: false',
      ),
      lines(
        'labels:',
        '  - pairs:',
        '      team: a',
        '      app.kubernetes.io/version: "1.0"',
        '    includeSelectors: false',
      ),
    ],
    [
      'never among selectors',
      lines(
        'labels:',
        '  - includeSelectors: true',
        '    pairs:',
        '      app: a',
      ),
      lines(
        'labels:',
        '  - includeSelectors: true',
        '    pairs:',
        '      app: a',
        '  - pairs:',
        '      app.kubernetes.io/version: "1.0"',
      ),
    ],
    [
      'in a list of its own',
      lines('namespace: x'),
      lines(
        'namespace: x',
        'labels:',
        '  - pairs:',
        '      app.kubernetes.io/version: "1.0"',
      ),
    ],
    [
      'in an empty list',
      lines('labels: []'),
      lines('labels: [{pairs: {app.kubernetes.io/version: "1.0"}}]'),
    ],
    [
      'in an empty map',
      lines('labels:', '- pairs: {}'),
      lines('labels:', '- pairs: {app.kubernetes.io/version: "1.0"}'),
    ],
    [
      'in JSON',
      lines('{"labels": [{"pairs": {"app.kubernetes.io/version": "0"}}]}'),
      lines('{"labels": [{"pairs": {"app.kubernetes.io/version": "1.0"}}]}'),
    ],
  ])('adds it %s', (_, text, expected) => {
    expect(setVersionLabel(text, '1.0')).toBe(expected);
    expect(setVersionLabel(expected, '1.0')).toBe(expected);
  });

  it.each(['', 'a b', '-a', 'a/b', 'x'.repeat(64)])(
    'refuses %j, which cannot be a label',
    version => {
      expect(() => setVersionLabel(overlay, version)).toThrow(InputError);
    },
  );
});
