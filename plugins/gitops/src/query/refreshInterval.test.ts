import { source } from '../testing/deployments';
import { refreshInterval } from './refreshInterval';

describe('refreshInterval', () => {
  it.each([
    ['signals', { signals: true, failed: false, sources: [source()] }, 300],
    ['no signals', { signals: false, failed: false, sources: [source()] }, 30],
    ['a failure', { signals: true, failed: true, sources: [source()] }, 15],
    [
      'an incomplete answer',
      {
        signals: true,
        failed: false,
        sources: [source({ state: 'unreachable' })],
      },
      30,
    ],
  ])('with %s', (_name, state, seconds) => {
    expect(refreshInterval(state)).toBe(seconds * 1_000);
  });
});
