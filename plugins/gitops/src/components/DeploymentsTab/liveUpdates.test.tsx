import { act, screen } from '@testing-library/react';
import { deployment, healthyWorld, release } from '../../testing/deployments';
import { findRow, renderTab } from '../__testUtils__/renderTab';

const FIRST = 'gitops:pulse:1';
const SECOND = 'gitops:pulse:2';

const pass = (seconds: number) =>
  act(() => jest.advanceTimersByTimeAsync(seconds * 1_000));

const live = () => screen.queryByText('Live');
const polled = () => screen.queryByText(/looks again every 30 s/);

describe('live updates of the tab', () => {
  beforeEach(() => {
    jest.useFakeTimers({ advanceTimers: true });
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  async function open(options: Parameters<typeof renderTab>[1] = {}) {
    const world = healthyWorld({ deployments: [deployment('dev')] });
    const { beat } = renderTab(world, options);
    await findRow(/^dev.*1\.0\.7/);
    /** Seconds with a beat every five. */
    const beatFor = async (seconds: number, pulse = FIRST) => {
      for (let second = 0; second < seconds; second += 5) {
        await pass(5);
        await beat(pulse);
      }
    };
    return { world, beat, beatFor };
  }

  it('are claimed once somebody is heard, and neither way before', async () => {
    const { world, beatFor } = await open();
    expect([live(), polled()]).toEqual([null, null]);

    world.deployments = [deployment('dev', { live: release('1.0.8') })];
    await beatFor(5);

    expect(live()).toBeVisible();
    // What changed while nobody was listening yet.
    await pass(2);
    expect(await findRow(/^dev.*1\.0\.8/)).toBeVisible();
  });

  it.each([
    ['there are no signals', false],
    ['signals are not connected', true],
  ])('are polled for where %s', async (_name, hasSignals) => {
    const { world } = await open({ hasSignals });

    await pass(95);

    expect(live()).toBeNull();
    expect(polled()).toBeVisible();
    expect(world.asked).toBe(4);
  });

  it('are not polled for while somebody is heard', async () => {
    const { world, beatFor } = await open();
    await beatFor(10);

    await beatFor(240);

    // The first answer, and one when it was sure that changes are told.
    expect(world.asked).toBe(2);
    expect(live()).toBeVisible();
  });

  it('are caught up on after a gap', async () => {
    const { world, beat, beatFor } = await open();
    await beatFor(10);
    expect(world.asked).toBe(2);

    await beat(FIRST, { missed: true });
    await pass(2);

    expect(world.asked).toBe(3);
  });

  it('go on with who answers when who told of them is gone', async () => {
    const { world, beatFor } = await open();
    await beatFor(10);
    world.pulse = SECOND;

    await pass(22);
    expect(live()).toBeNull();
    expect(polled()).toBeVisible();
    expect(world.asked).toBe(3);

    await beatFor(10, SECOND);
    expect(live()).toBeVisible();
    expect(world.asked).toBe(4);
  });

  it('stay with who is heard, whoever answers', async () => {
    const { world, beatFor } = await open();
    world.pulse = SECOND;

    await beatFor(60);

    expect(live()).toBeVisible();
    expect(world.asked).toBe(2);
  });
});
