import { historyRows } from './history';

const entry = (id: number, at: string) => ({ id, at, revisions: [] });

describe('historyRows', () => {
  it('says until when each entry was live', () => {
    const rows = historyRows([
      entry(3, '2026-08-22T12:00:00Z'),
      entry(2, '2026-08-20T12:00:00Z'),
    ]);

    expect(rows.map(({ id, until }) => [id, until])).toEqual([
      [3, undefined],
      [2, '2026-08-22T12:00:00Z'],
    ]);
  });
});
