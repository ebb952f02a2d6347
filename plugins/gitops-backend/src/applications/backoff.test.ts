import { backoffMs } from './backoff';

const PACE = { firstMs: 100, mostMs: 1_000 };
const FAILURES = [1, 2, 3, 4, 5, 50];

describe('the pause before the next attempt', () => {
  it('doubles with each failure, up to the longest', () => {
    expect(FAILURES.map(failures => backoffMs(PACE, failures, 1))).toEqual([
      100, 200, 400, 800, 1_000, 1_000,
    ]);
  });

  it('is half as long at least', () => {
    expect(FAILURES.map(failures => backoffMs(PACE, failures, 0))).toEqual([
      50, 100, 200, 400, 500, 500,
    ]);
  });

  it('differs from one replica to the next', () => {
    const pauses = Array.from({ length: 100 }, () => backoffMs(PACE, 50));

    expect(new Set(pauses).size).toBeGreaterThan(50);
    expect(Math.min(...pauses)).toBeLessThan(650);
    expect(Math.max(...pauses)).toBeGreaterThan(850);
  });
});
