import { SharedAnswer } from './SharedAnswer';

describe('SharedAnswer', () => {
  let now: number;
  let runs: number;
  let answer: SharedAnswer<number>;

  beforeEach(() => {
    now = 0;
    runs = 0;
    answer = new SharedAnswer({
      work: async () => {
        runs += 1;
        return runs;
      },
      keptMs: () => 60_000,
      now: () => now,
    });
  });

  it('is worked out once for all who ask at the same time', async () => {
    expect(await Promise.all([answer.get(), answer.get(true)])).toEqual([1, 1]);
  });

  it.each([
    [59_999, false, 1],
    [60_000, false, 2],
    [1_999, true, 1],
    [2_000, true, 2],
  ])('after %i ms, fresh: %s, is answer %i', async (age, isFresh, wanted) => {
    await answer.get();
    now = age;

    expect(await answer.get(isFresh)).toBe(wanted);
  });

  it('does not keep failures', async () => {
    let fails = true;
    const moody = new SharedAnswer({
      work: async () => {
        if (fails) {
          throw new TypeError('no');
        }
        return 'yes';
      },
      keptMs: () => 60_000,
    });
    await expect(moody.get()).rejects.toThrow('no');
    fails = false;

    expect(await moody.get()).toBe('yes');
  });
});
