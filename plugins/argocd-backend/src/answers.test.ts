import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FixedArgocd } from './__testUtils__/FixedArgocd';
import { answersOf } from './__testUtils__/answersOf';
import { startPortal } from './__testUtils__/startPortal';
import { until } from './__testUtils__/until';
import { APPLICATIONS, ENTITIES, SHA } from './__testUtils__/world';

jest.setTimeout(60_000);

/**
 * What Roadie's cards ask for; packages/app renders them with the answers. After
 * a change: `UPDATE_ANSWERS=1 yarn test plugins/argocd-backend/src/answers.test.ts`,
 * then `yarn prettier --write plugins/argocd-backend`
 */
const FILE = join(__dirname, '__fixtures__', 'answers.json');

const MULTI = encodeURIComponent('team=shop,tier=web');
const named = ['several', 'once', 'fresh', 'stuck', 'chart', 'status-only'];
const commit = (name: string, digit: string) =>
  `/argoInstance/main/applications/name/${name}/revisions/${SHA(
    digit,
  )}/metadata`;

const PATHS = [
  ...named.flatMap(name => [
    `/find/name/${name}`,
    `/argoInstance/main/applications/name/${name}`,
  ]),
  '/find/name/nowhere',
  `/find/selector/${MULTI}`,
  `/argoInstance/main/applications/selector/${MULTI}`,
  ...['1', '2', '3'].map(digit => commit('several', digit)),
  commit('once', '1'),
  commit('stuck', '1'),
  commit('multi', '5'),
];

/** Applications that run something, and show it. */
const WITH_IMAGES = 5;

it('the answers are those that the cards are tested with', async () => {
  const argocd = new FixedArgocd(APPLICATIONS);
  await argocd.start();
  const portal = await startPortal({
    instances: [
      {
        name: 'main',
        url: argocd.url,
        frontendUrl: 'https://argocd.acme.test',
        token: 'secret',
      },
      // Nobody is there.
      { name: 'us', url: 'http://127.0.0.1:1', token: 'secret' },
    ],
    entities: ENTITIES,
  });
  try {
    await until(
      () => portal.get('/find/name/nowhere'),
      ({ body }) => JSON.stringify(body).includes('(us) could not be reached'),
    );
    const answers = await until(
      () => answersOf(portal, PATHS),
      all => JSON.stringify(all).match(/:1\.0\.1/g)?.length === WITH_IMAGES,
    );

    if (process.env.UPDATE_ANSWERS) {
      writeFileSync(FILE, `${JSON.stringify(answers, null, 2)}\n`);
    }
    expect(answers).toEqual(JSON.parse(readFileSync(FILE, 'utf8')));
  } finally {
    await portal.stop();
    await argocd.stop();
  }
});
