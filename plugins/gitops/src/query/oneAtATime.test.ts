import { oneAtATime } from './oneAtATime';

describe('oneAtATime', () => {
  it('answers a burst with one further run, after the one under way', async () => {
    const runs: (() => void)[] = [];
    const run = oneAtATime(() => new Promise<void>(done => runs.push(done)));

    const first = run();
    await Promise.all([run(), run(), run()]);
    expect(runs).toHaveLength(1);

    runs[0]?.();
    await Promise.resolve().then(() => {});
    expect(runs).toHaveLength(2);

    runs[1]?.();
    await first;
    expect(runs).toHaveLength(2);
  });

  it('goes on after a failure', async () => {
    let calls = 0;
    const run = oneAtATime(async () => {
      calls += 1;
      if (calls === 1) {
        throw new TypeError('Failed to fetch');
      }
    });

    await expect(run()).rejects.toThrow('Failed to fetch');
    await run();

    expect(calls).toBe(2);
  });
});
