import fc from 'fast-check';

/**
 * A kustomization in a random style, and what a test must know about it.
 */
interface StyledKustomization {
  readonly text: string;
  readonly resources: readonly string[];
  readonly list: 'block' | 'flow' | 'lines' | 'missing' | 'no value' | 'empty';
  readonly lineBreak: string;
}

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/);

/**
 * An entry of `resources`: a file, a folder or a remote base.
 */
export const resource = fc.oneof(
  word.map(name => `apps/${name}.yaml`),
  word.map(name => `${name}.yaml`),
  word.map(name => `../../${name}`),
  fc
    .tuple(word, word)
    .map(
      ([owner, name]) =>
        `https://github.com/${owner}/${name}//deploy/overlays/dev?ref=main`,
    ),
);

const quote = fc.constantFrom(
  (value: string) => value,
  (value: string) => `"${value}"`,
  (value: string) => `'${value}'`,
);
const comment = fc.option(
  word.map(text => `# ${text}`),
  { nil: '', freq: 3 },
);

const style = fc.record({
  list: fc.constantFrom(
    'block' as const,
    'block' as const,
    'flow' as const,
    'lines' as const,
    'missing' as const,
    'no value' as const,
    'empty' as const,
  ),
  indent: fc.integer({ min: 0, max: 5 }),
  dash: fc.constantFrom('- ', '-  ', '-   '),
  pad: fc.constantFrom('', ' '),
  separator: fc.constantFrom(', ', ','),
  trailingComma: fc.boolean(),
  bom: fc.constantFrom('', '\uFEFF'),
  start: fc.constantFrom<string[]>([], ['---'], ['# a comment', '---']),
  lineBreak: fc.constantFrom('\n', '\r\n'),
  endsInLineBreak: fc.boolean(),
  sorted: fc.boolean(),
});
type Style = typeof style extends fc.Arbitrary<infer S> ? S : never;

const entry = fc.record({
  value: resource,
  quote,
  above: fc.array(fc.constantFrom('', '# above', '  # above'), {
    maxLength: 2,
  }),
  beside: comment,
});
type Entry = typeof entry extends fc.Arbitrary<infer E> ? E : never;

const otherKeys = fc.subarray([
  ['kind: Kustomization'],
  ['namespace: web  # x'],
  ['images:', '  - name: web', "    newTag: '1.0'"],
  ['labels:', '- pairs: {a: b}', '  includeSelectors: false'],
  ['patches:', '    - patch: |-', '        - op: remove', '          path: /a'],
  ['', '# a remark', ''],
]);

/**
 * Kustomizations as people write them.
 */
export const styledKustomization: fc.Arbitrary<StyledKustomization> = fc
  .record({
    style,
    entries: fc.uniqueArray(entry, {
      minLength: 1,
      maxLength: 6,
      selector: ({ value }) => value,
    }),
    before: otherKeys,
    after: otherKeys,
  })
  .map(({ style: chosen, entries, before, after }) => {
    const ordered = chosen.sorted
      ? [...entries].sort((a, b) => (a.value < b.value ? -1 : 1))
      : entries;
    const afterKeys = after.filter(
      key => key[0] === '' || !before.includes(key),
    );
    const lines = [
      ...chosen.start,
      ...before.flat(),
      ...writeList(chosen, ordered),
      ...afterKeys.flat(),
    ];
    const hasEntries = !['missing', 'no value', 'empty'].includes(chosen.list);
    const end = chosen.endsInLineBreak ? chosen.lineBreak : '';
    return {
      text: chosen.bom + lines.join(chosen.lineBreak) + end,
      resources: hasEntries ? ordered.map(({ value }) => value) : [],
      list: chosen.list,
      lineBreak: chosen.lineBreak,
    };
  });

function writeList(chosen: Style, entries: readonly Entry[]): string[] {
  const indent = ' '.repeat(chosen.indent);
  const values = entries.map(({ quote: quoted, value }) => quoted(value));
  switch (chosen.list) {
    case 'block':
      return [
        'resources:',
        ...entries.flatMap(({ above, beside }, index) => [
          ...(index === 0 ? [] : above),
          `${indent}${chosen.dash}${values[index]} ${beside}`.trimEnd(),
        ]),
      ];
    case 'flow':
      return [
        `resources: [${chosen.pad}${values.join(chosen.separator)}${
          chosen.trailingComma ? ',' : ''
        }${chosen.pad}]`,
      ];
    case 'lines':
      return [
        'resources: [',
        ...entries.map(({ beside }, index) => {
          const comma =
            index < entries.length - 1 || chosen.trailingComma ? ',' : '';
          return ` ${indent}${values[index]}${comma} ${beside}`.trimEnd();
        }),
        ']',
      ];
    case 'no value':
      return ['resources:'];
    case 'empty':
      return [`resources: [${chosen.pad}]`];
    case 'missing':
    default:
      return [];
  }
}
