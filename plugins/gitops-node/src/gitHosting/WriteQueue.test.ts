import { WriteQueue } from './WriteQueue';

const PLACE = 'main of acme/gitops-infra';

describe('WriteQueue', () => {
  let now = 0;

  beforeEach(() => {
    now = 0;
    jest.spyOn(Date, 'now').mockImplementation(() => now);
  });

  afterEach(() => jest.restoreAllMocks());

  it('lets writes to a place happen in turn, and does not mind a failed one', async () => {
    const queue = new WriteQueue();
    const happened: string[] = [];
    const write = (name: string, fails = false) =>
      queue.run(PLACE, async () => {
        happened.push(`${name} begins`);
        await Promise.resolve();
        happened.push(`${name} ends`);
        if (fails) {
          throw new TypeError(name);
        }
        return name;
      });

    const done = await Promise.allSettled([write('a', true), write('b')]);

    expect(happened).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
    expect(done).toMatchObject([
      { status: 'rejected', reason: { message: 'a' } },
      { status: 'fulfilled', value: 'b' },
    ]);
  });

  it('lets writes to other places happen meanwhile', async () => {
    const queue = new WriteQueue();
    let release = () => {};
    const slow = queue.run(PLACE, () => new Promise<void>(r => (release = r)));

    await expect(queue.run('another', async () => 'done')).resolves.toBe(
      'done',
    );

    release();
    await slow;
  });

  it('refuses those whose turn comes too late', async () => {
    const queue = new WriteQueue();
    const slow = queue.run(PLACE, async () => {
      now += 60_000;
    });
    const late = queue.run(PLACE, async () => 'too late');

    await slow;
    await expect(late).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining(PLACE),
    });
  });
});
