import { diffBlocks, unifiedDiff } from './textDiff';

const numbered = (count: number) =>
  Array.from({ length: count }, (_, it) => `line ${it + 1}\n`);

describe('diffBlocks', () => {
  it('keeps what is around a difference and folds the rest', () => {
    const before = numbered(20);
    const after = [...before];
    after[9] = 'another\n';

    const blocks = diffBlocks(before.join(''), after.join(''));

    expect(
      blocks.map(({ kind, lines }) => [kind, lines[0]?.text, lines.length]),
    ).toEqual([
      ['fold', 'line 1', 6],
      ['lines', 'line 7', 8],
      ['fold', 'line 14', 7],
    ]);
    expect(blocks[1]?.lines[3]).toEqual({
      kind: 'removed',
      before: 10,
      text: 'line 10',
    });
    expect(blocks[1]?.lines[4]).toEqual({
      kind: 'added',
      after: 10,
      text: 'another',
    });
    expect(blocks[1]?.lines[5]).toEqual({
      kind: 'same',
      before: 11,
      after: 11,
      text: 'line 11',
    });
  });

  it.each([
    ['', 'a: 1\nb: 2\n', 'added'],
    ['a: 1\nb: 2\n', '', 'removed'],
  ])('shows what is only on one side', (before, after, kind) => {
    expect(diffBlocks(before, after)).toEqual([
      expect.objectContaining({
        kind: 'lines',
        lines: [
          expect.objectContaining({ kind, text: 'a: 1' }),
          expect.objectContaining({ kind, text: 'b: 2' }),
        ],
      }),
    ]);
  });

  it('does not look for what texts have in common that have nothing', () => {
    const before = numbered(1_500).join('');
    const after = numbered(1_500)
      .map(it => `other ${it}`)
      .join('');

    const lines = diffBlocks(before, after).flatMap(it => it.lines);

    expect(lines).toHaveLength(3_000);
    expect(lines[0]).toMatchObject({ kind: 'removed', before: 1 });
    expect(lines[1_500]).toMatchObject({ kind: 'added', after: 1 });
  });
});

describe('unifiedDiff', () => {
  it('can be pasted elsewhere', () => {
    expect(unifiedDiff('Deployment-cart.yaml', 'a: 1\n', 'a: 2\n')).toContain(
      '--- live/Deployment-cart.yaml\n+++ desired/Deployment-cart.yaml\n@@ -1,1 +1,1 @@\n-a: 1\n+a: 2\n',
    );
  });
});
