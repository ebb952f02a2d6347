import { mockServices } from '@backstage/backend-test-utils';
import { ScriptedArgocd } from './__testUtils__/ScriptedArgocd';
import { argoJson } from './__testUtils__/argoApplication';
import { startHttpServer } from './__testUtils__/startHttpServer';
import { ApplicationHub } from './applications/ApplicationHub';
import { lookAtInstances } from './readiness';

jest.setTimeout(30_000);

describe('readiness', () => {
  const logger = mockServices.logger.mock();
  logger.child.mockReturnValue(logger);
  const ends: (() => Promise<void>)[] = [];

  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) {
      await end();
    }
    jest.clearAllMocks();
  });

  function start(instances: Record<string, string>): ApplicationHub {
    const hub = new ApplicationHub({
      instances: Object.entries(instances).map(([name, url]) => ({
        name,
        url,
        apiUrl: url,
        auth: { token: 'a.b.c' },
      })),
      logger,
    });
    ends.push(() => hub.stop());
    hub.start();
    return hub;
  }

  async function argocd(): Promise<string> {
    const server = await ScriptedArgocd.start();
    server.put(argoJson());
    ends.push(() => server.stop());
    return server.url;
  }

  it('waits until the applications of every instance are known', async () => {
    const hub = start({ main: await argocd(), us: await argocd() });

    await lookAtInstances(hub, logger);

    expect(hub.store.all()).toHaveLength(2);
  });

  it('does not wait for an instance that cannot be read', async () => {
    const hub = start({ main: await argocd(), us: 'http://127.0.0.1:1' });

    await lookAtInstances(hub, logger);

    expect(hub.store.all()).toHaveLength(1);
    expect(hub.instances.map(({ source }) => source.state)).toEqual([
      'ok',
      'unreachable',
    ]);
    expect(logger.warn).not.toHaveBeenCalledWith(
      expect.stringContaining('the portal starts without'),
      expect.anything(),
    );
  });

  it('does not wait forever for one that does not answer', async () => {
    const hanging = await startHttpServer(() => {});
    ends.push(() => hanging.stop());
    const hub = start({ main: await argocd(), us: hanging.url });

    await lookAtInstances(hub, logger, 3_000);

    expect(hub.store.all()).toHaveLength(1);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('the portal starts without'),
      { instances: 'us' },
    );
  });
});
