import { ScriptedArgocd } from './__testUtils__/ScriptedArgocd';
import { argoJson, SHA_1 } from './__testUtils__/argoApplication';
import { argocdBlock, gitopsBlock } from './__testUtils__/environments';
import {
  component,
  type Gitops,
  sourceOf,
  startGitops,
} from './__testUtils__/startGitops';
import { DEPLOYMENT_ROUTES } from './access/__testUtils__/deploymentRoutes';
import { ROUTES } from './access/__testUtils__/routes';

jest.setTimeout(60_000);

const TOKEN = 'token-that-nobody-sees';
const CART = 'component:default/cart';

describe('no answer tells a token or an internal address', () => {
  let argocd: ScriptedArgocd;
  let gitops: Gitops;

  beforeAll(async () => {
    argocd = await ScriptedArgocd.start();
    argocd.put(argoJson());
    argocd.message = `Get "${argocd.url}/api/v1/applications": Authorization: Bearer ${TOKEN} was refused`;
    gitops = await startGitops({
      config: {
        gitops: { ...gitopsBlock, argocd: { apiUrls: { main: argocd.url } } },
        argocd: argocdBlock('https://argocd.acme.test', TOKEN),
      },
      entities: [component('cart')],
    });
    await gitops.untilDeployments(({ items }) => items.length === 1);
  });

  afterAll(async () => {
    await gitops?.stop();
    await argocd?.stop();
  });

  const below = (path: string) =>
    `/v1/deployments/main/argocd/cart-dev-dev${path}${
      path.includes('?') ? '&' : '?'
    }entityRef=${CART}`;

  /** Asks each route; answers the statuses, too, or the test would test nothing. */
  async function askEverything(): Promise<number[]> {
    const asked = [
      ...DEPLOYMENT_ROUTES.map(([method, path, body]) =>
        method === 'get'
          ? gitops.get(below(path))
          : gitops.send('post', below(path)).send(body),
      ),
      ...ROUTES.map(({ route, path, body }) => {
        const url = path.replace('$REVISION', SHA_1);
        if (body) {
          return gitops.send('post', url).send(body);
        }
        return route.startsWith('DELETE')
          ? gitops.send('delete', url)
          : gitops.get(url);
      }),
    ];
    const answers = await Promise.all(asked);
    for (const { text, headers, request } of answers) {
      const told = [text, JSON.stringify(headers)].join(' ');
      const secrets = [TOKEN, new URL(argocd.url).host].filter(it =>
        told.includes(it),
      );
      expect([request.url, secrets]).toEqual([request.url, []]);
    }
    return answers.map(({ status }) => status);
  }

  it('where all is well', async () => {
    expect(await askEverything()).toContain(200);
  });

  it.each([400, 401, 403, 404, 429, 500, 503])(
    'where Argo CD quotes them in an answer with %i',
    async status => {
      argocd.status = status;
      argocd.dropStreams();
      const states = await gitops.untilDeployments(
        list => sourceOf(list)?.state !== 'ok',
      );
      expect(JSON.stringify(states)).not.toContain(TOKEN);

      expect(await askEverything()).toContain(502);

      argocd.status = 200;
      await gitops.untilDeployments(list => sourceOf(list)?.state === 'ok');
    },
  );

  it('where Argo CD is gone', async () => {
    const { url } = argocd;
    await argocd.stop();
    await gitops.untilDeployments(
      list => sourceOf(list)?.state === 'unreachable',
    );

    expect(new URL(url).host).toContain('127.0.0.1:');
    expect(await askEverything()).toContain(502);
  });
});
