import { ScriptedArgocd } from '../__testUtils__/ScriptedArgocd';
import { argoJson } from '../__testUtils__/argoApplication';
import { gitopsBlock } from '../__testUtils__/environments';
import {
  component,
  type Gitops,
  startGitops,
} from '../__testUtils__/startGitops';
import { until } from '../__testUtils__/until';

jest.setTimeout(60_000);

/** More than any queue lets through at once. */
const APPLICATIONS = 10;
const SOON_MS = 5_000;

/** An application at a commit of its own. */
function numbered(name: string, number: number) {
  const revision = number.toString(16).padStart(40, '0');
  const source = { repoURL: 'http://localhost:7080/acme/cart' };
  return argoJson({
    metadata: { name },
    status: {
      sync: { status: 'Synced', revision },
      history: [
        { id: 0, revision, source, deployedAt: '2026-01-02T03:04:00Z' },
      ],
    },
  });
}

describe('an Argo CD that does not answer', () => {
  let hanging: ScriptedArgocd;
  let other: ScriptedArgocd;
  let gitops: Gitops;
  let letGo = () => {};

  beforeEach(async () => {
    hanging = await ScriptedArgocd.start();
    other = await ScriptedArgocd.start();
    for (let number = 0; number < APPLICATIONS; number += 1) {
      hanging.put(numbered(`cart-${number}`, number));
    }
    other.put(numbered('cart-us', APPLICATIONS));
    gitops = await startGitops({
      config: {
        gitops: gitopsBlock,
        argocd: {
          appLocatorMethods: [
            {
              type: 'config',
              instances: [
                { name: 'main', url: hanging.url, token: 'token' },
                { name: 'us', url: other.url, token: 'token' },
              ],
            },
          ],
        },
      },
      entities: [component('cart')],
    });
    await gitops.untilDeployments(
      ({ items }) => items.length === APPLICATIONS + 1,
    );
    hanging.beforeDetails = new Promise(resolve => {
      letGo = resolve;
    });
  });

  afterEach(async () => {
    letGo();
    await gitops?.stop();
    await hanging?.stop();
    await other?.stop();
  });

  const urlOf = (application: string, path: string) =>
    `/v1/deployments/${application}${path}?entityRef=component:default/cart`;

  /** Asks for that of every application of the one that hangs. */
  async function askInVain(path: string, isAsked: string) {
    const answers = Array.from({ length: APPLICATIONS }, (_, number) =>
      gitops.get(urlOf(`main/argocd/cart-${number}`, path)).then(() => {}),
    );
    await until(() => hanging.count(isAsked) > 0);
    return Promise.all(answers);
  }

  it.each([
    ['/sync-windows', '/syncwindows'],
    ['/revision', '/revisions/'],
  ])('does not delay what another tells: %s', async (path, isAsked) => {
    const inVain = askInVain(path, isAsked);
    await until(() => hanging.count(isAsked) > 0);

    const { status } = await gitops
      .get(urlOf('us/argocd/cart-us', path))
      .timeout(SOON_MS);

    expect(status).toBe(200);
    letGo();
    await inVain;
  });

  it('does not delay refreshes of another', async () => {
    const refresh = (application: string) =>
      gitops
        .send('post', urlOf(application, '/refresh'))
        .send({ kind: 'normal' })
        .expect(202);
    await Promise.all(
      Array.from({ length: APPLICATIONS }, (_, number) =>
        refresh(`main/argocd/cart-${number}`),
      ),
    );
    await until(() => hanging.count('refresh=normal') > 0);

    await refresh('us/argocd/cart-us');

    expect(
      await until(() => other.count('refresh=normal'), Boolean, SOON_MS),
    ).toBe(1);
  });
});
