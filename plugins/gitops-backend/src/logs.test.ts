import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { type JsonObject } from '@backstage/types';
import { createLog } from './__testUtils__/createLog';
import { gitopsBlock } from './__testUtils__/environments';
import {
  component,
  type Gitops,
  sourceOf,
  startGitops,
} from './__testUtils__/startGitops';
import { startHttpServer } from './__testUtils__/startHttpServer';

jest.setTimeout(60_000);

const TOKEN = 'eyJhbGciOi.token-of-the-portal.c2lnbmF0dXJl';
const PASSWORD = 'password-of-the-portal';

describe('logs', () => {
  let gitops: Gitops | undefined;
  let end: (() => Promise<void>) | undefined;

  afterEach(async () => {
    await gitops?.stop();
    await end?.();
  });

  /** An Argo CD that answers with all that it was sent. */
  async function startEcho(status: number) {
    const server = await startHttpServer((req, res) => {
      let body = '';
      req.on('data', chunk => {
        body += chunk;
      });
      req.on('end', () => {
        const message = `${JSON.stringify(req.headers)} ${body} ${TOKEN}`;
        const isLogin = req.url?.endsWith('/session');
        res.writeHead(isLogin ? 200 : status, {
          'Content-Type': 'application/json',
        });
        res.end(
          JSON.stringify(
            isLogin ? { token: TOKEN } : { error: message, code: 2, message },
          ),
        );
      });
    });
    end = server.stop;
    return server.url;
  }

  it.each<[string, JsonObject, number]>([
    ['a token that is refused', { token: TOKEN }, 401],
    ['a token that may not', { token: TOKEN }, 403],
    ['a server in trouble', { token: TOKEN }, 500],
    ['a server that limits', { token: TOKEN }, 429],
    ['something else than Argo CD', { token: TOKEN }, 200],
    ['user name and password', { username: 'admin', password: PASSWORD }, 500],
  ])('tell no secret of %s', async (_, auth, status) => {
    const { lines, logger } = createLog();
    const url = await startEcho(status);
    gitops = await startGitops({
      config: {
        gitops: gitopsBlock,
        argocd: {
          appLocatorMethods: [
            { type: 'config', instances: [{ name: 'main', url, ...auth }] },
          ],
        },
      },
      entities: [component('cart')],
      features: [
        createServiceFactory({
          service: coreServices.rootLogger,
          deps: {},
          factory: () => logger,
        }),
        createServiceFactory({
          service: coreServices.logger,
          deps: { root: coreServices.rootLogger },
          factory: ({ root }) => root.child({ plugin: 'gitops' }),
        }),
      ],
    });
    const list = await gitops.untilDeployments(
      found => sourceOf(found)?.state !== 'stale',
    );

    const log = lines.join('\n');
    expect(log).toContain('Argo CD could not be read');
    expect(log).toContain('"instance":"main"');
    for (const text of [log, JSON.stringify(list)]) {
      expect(text).not.toContain('token-of-the-portal');
      expect(text).not.toContain(PASSWORD);
      expect(text).not.toContain(new URL(url).port);
    }
  });
});
