import { mockServices } from '@backstage/backend-test-utils';
import { ServiceUnavailableError } from '@backstage/errors';
import { application } from '../__testUtils__/argoApplication';
import { channelOf, ChangeSignals } from './ChangeSignals';
import { readSelection } from './EntitySelection';

function selection(name: string, annotations: Record<string, string> = {}) {
  return readSelection(
    { apiVersion: 'v1', kind: 'Component', metadata: { name, annotations } },
    'github.com',
  );
}

const CART_CHANNEL = channelOf('component:default/cart');
const WEB_CHANNEL = channelOf('component:default/web');

describe('ChangeSignals', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  function create() {
    const published: { channel: string; version: number }[] = [];
    /** Channels on which nothing can be published. */
    const failures: string[] = [];
    const signals = new ChangeSignals({
      logger: mockServices.logger.mock(),
      signals: {
        async publish({ channel, message, recipients }) {
          expect(recipients).toEqual({ type: 'broadcast' });
          expect(Object.keys(message)).toEqual(['version']);
          if (failures.includes(channel)) {
            throw new ServiceUnavailableError('No events backend');
          }
          published.push({ channel, version: Number(message.version) });
        },
      },
    });
    return { published, signals, failures };
  }

  it('signals to those whose application it is, once for many changes', () => {
    const { published, signals } = create();
    signals.watch(selection('cart'));
    signals.watch(selection('web'));

    for (let change = 0; change < 5; change += 1) {
      signals.applicationChanged({ after: application() });
      jest.advanceTimersByTime(20);
    }
    expect(published).toEqual([]);
    jest.advanceTimersByTime(250);

    expect(published.map(({ channel }) => channel)).toEqual([CART_CHANNEL]);
  });

  it('signals to those whose application it was', () => {
    const { published, signals } = create();
    signals.watch(selection('cart'));

    signals.applicationChanged({
      before: application(),
      after: application({ metadata: { annotations: {} } }),
    });
    jest.advanceTimersByTime(250);

    expect(published).toHaveLength(1);
  });

  it('counts up', () => {
    const { published, signals } = create();
    signals.watch(selection('cart'));

    for (let change = 0; change < 3; change += 1) {
      signals.everythingChanged();
      jest.advanceTimersByTime(250);
    }

    const versions = published.map(({ version }) => version);
    expect(new Set(versions).size).toBe(3);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
  });

  it('signals an instance to those who may have applications there', () => {
    const { published, signals } = create();
    signals.watch(selection('cart', { 'argocd/instance-name': 'eu' }));
    signals.watch(selection('web'));

    signals.instanceChanged('us');
    jest.advanceTimersByTime(250);

    expect(published.map(({ channel }) => channel)).toEqual([WEB_CHANNEL]);
  });

  it('signals a repository to those whose code is in it', () => {
    const { published, signals } = create();
    const codeAt = (url: string) => ({
      'backstage.io/source-location': `url:${url}`,
    });
    signals.watch(
      selection('cart', codeAt('https://github.com/Acme/cart/tree/main/')),
    );
    signals.watch(selection('web', codeAt('https://github.com/acme/web')));
    signals.watch(selection('unknown'));

    signals.repositoryChanged('https://github.com/acme/cart');
    signals.repositoryChanged('none at all');
    jest.advanceTimersByTime(250);

    expect(published.map(({ channel }) => channel)).toEqual([CART_CHANNEL]);
  });

  describe('of more than it can tell one by one', () => {
    const versions = (published: { channel: string; version: number }[]) =>
      published.map(({ version }) => version);
    const watchMany = (signals: ChangeSignals) =>
      Array.from({ length: 51 }, (_, index) =>
        signals.watch(selection(`service-${index}`)),
      );

    it('tells all pages at once, by a beat that is not the next', async () => {
      const { published, signals } = create();
      watchMany(signals);
      signals.pulse.start();
      await jest.advanceTimersByTimeAsync(5_000);

      signals.everythingChanged();
      await jest.advanceTimersByTimeAsync(250);

      expect(published.map(({ channel }) => channel)).toEqual([
        signals.pulse.channel,
        signals.pulse.channel,
      ]);
      expect(versions(published)).toEqual([1, 3]);
    });

    it('tells them once in a period, and the rest with the next beat', async () => {
      const { published, signals } = create();
      watchMany(signals);
      signals.pulse.start();

      for (let change = 0; change < 8; change += 1) {
        signals.instanceChanged('main');
        await jest.advanceTimersByTimeAsync(500);
      }
      expect(versions(published)).toEqual([2]);

      await jest.advanceTimersByTimeAsync(1_000);
      expect(published).toHaveLength(2);
      expect(versions(published)[1]).toBeGreaterThan(3);
      await jest.advanceTimersByTimeAsync(5_000);
      const [, second = NaN, third] = versions(published);
      expect(third).toBe(second + 1);
    });
  });

  it('tells that something was missed where a signal could not be published', async () => {
    const { published, signals, failures } = create();
    signals.watch(selection('cart'));
    signals.pulse.start();
    await jest.advanceTimersByTimeAsync(5_000);

    failures.push(CART_CHANNEL);
    signals.everythingChanged();
    await jest.advanceTimersByTimeAsync(5_000);

    expect(published).toEqual([
      { channel: signals.pulse.channel, version: 1 },
      { channel: signals.pulse.channel, version: 3 },
      { channel: signals.pulse.channel, version: 4 },
    ]);
  });

  it('tells of states to those who asked, at once and then seldom', () => {
    const { published, signals } = create();
    signals.applicationChanged({ after: application() });
    jest.advanceTimersByTime(250);
    expect(published).toEqual([]);

    signals.states.watch();
    for (let change = 0; change < 10; change += 1) {
      signals.applicationChanged({ after: application() });
      jest.advanceTimersByTime(1_000);
    }
    expect(published.map(({ channel }) => channel)).toEqual(['gitops:states']);

    jest.advanceTimersByTime(6_000);
    expect(published).toHaveLength(2);
    jest.advanceTimersByTime(60_000);
    expect(published).toHaveLength(2);
  });

  it('forgets whom nobody looked at for a day', () => {
    const { published, signals } = create();
    signals.watch(selection('cart'));
    jest.advanceTimersByTime(25 * 60 * 60_000);
    signals.watch(selection('web'));

    signals.everythingChanged();
    jest.advanceTimersByTime(250);

    expect(published.map(({ channel }) => channel)).toEqual([WEB_CHANNEL]);
  });

  it('names channels by nothing that can be read', () => {
    expect(CART_CHANNEL).toMatch(/^gitops:deployments:[0-9a-f]{32}$/);
    expect(CART_CHANNEL).not.toBe(WEB_CHANNEL);
  });
});
