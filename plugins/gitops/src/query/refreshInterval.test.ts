import { source } from '../testing/deployments';
import { refreshInterval } from './refreshInterval';

describe('refreshInterval', () => {
  it.each([
    ['signals', { liveness: 'live', failed: false, sources: [source()] }, 300],
    [
      'no signals yet',
      { liveness: 'connecting', failed: false, sources: [source()] },
      30,
    ],
    [
      'no signals',
      { liveness: 'silent', failed: false, sources: [source()] },
      30,
    ],
    ['a failure', { liveness: 'live', failed: true, sources: [source()] }, 15],
    [
      'an incomplete answer',
      {
        liveness: 'live',
        failed: false,
        sources: [source({ state: 'unreachable' })],
      },
      30,
    ],
  ] as const)('with %s', (_name, state, seconds) => {
    expect(refreshInterval(state)).toBe(seconds * 1_000);
  });
});
