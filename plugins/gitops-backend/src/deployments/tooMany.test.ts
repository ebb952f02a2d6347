import { setTimeout } from 'node:timers/promises';
import {
  type DeploymentList,
  type Unmatched,
} from '@callboard/backstage-plugin-gitops-common';
import { ScriptedArgocd } from '../__testUtils__/ScriptedArgocd';
import { argoJson } from '../__testUtils__/argoApplication';
import { argocdBlock, gitopsBlock } from '../__testUtils__/environments';
import {
  component,
  type Gitops,
  startGitops,
} from '../__testUtils__/startGitops';
import { until } from '../__testUtils__/until';

jest.setTimeout(60_000);

const GREEDY = 'component:default/greedy';
const WIDE = 'component:default/wide';
const SIZE = 510;

const name = (index: number) => `s${String(index).padStart(3, '0')}`;

function owned(index: number, status?: object) {
  return argoJson({
    metadata: {
      name: name(index),
      labels: {},
      annotations: { 'backstage.io/entity-ref': WIDE },
    },
    status,
  });
}

describe('an entity that selects more applications than it can have', () => {
  let argocd: ScriptedArgocd;
  let gitops: Gitops;

  beforeAll(async () => {
    argocd = await ScriptedArgocd.start();
    for (let index = 0; index < SIZE; index += 1) {
      argocd.put(owned(index));
    }
    gitops = await startGitops({
      config: { gitops: gitopsBlock, argocd: argocdBlock(argocd.url, 'token') },
      entities: [
        component('greedy', { 'argocd/app-selector': '!preview' }),
        component('wide'),
        component('modest', { 'argocd/app-name': name(1) }),
      ],
    });
    await gitops.untilDeployments(
      ({ sources }) => sources.some(({ name: of }) => of.startsWith('entity:')),
      GREEDY,
    );
  });

  afterAll(async () => {
    await gitops?.stop();
    await argocd?.stop();
  });

  const limited = ({ sources }: Pick<DeploymentList, 'sources'>) =>
    sources.filter(({ state }) => state === 'limited');

  it.each([
    [GREEDY, /Narrow its annotations that begin with argocd\//],
    [WIDE, /annotate each Application with the entity/],
  ])('%s has the first, and says what to do', async (entityRef, fix) => {
    const list = await gitops.deployments(entityRef);

    expect(list.items.map(({ application }) => application.name)).toEqual(
      Array.from({ length: 500 }, (_, index) => name(index)),
    );
    expect(limited(list)).toEqual([
      {
        name: `entity:${entityRef}`,
        state: 'limited',
        since: expect.stringMatching(/Z$/),
        message: expect.stringMatching(
          /selects more than 500 Applications\. One entity has 500 at most/,
        ),
      },
    ]);
    expect(limited(list)[0]?.message).toMatch(fix);
  });

  it('says nothing of the others', async () => {
    expect(
      limited(await gitops.deployments('component:default/modest')),
    ).toEqual([]);
  });

  it('says so where entities are found by their state, too', async () => {
    const { body } = await gitops
      .get('/v1/deployments/by-state?state=healthy')
      .expect(200);

    expect(limited(body).map(source => source.name)).toEqual([
      `entity:${GREEDY}`,
      `entity:${WIDE}`,
    ]);
  });

  it('is found among what does not come together', async () => {
    const { body } = await gitops
      .get('/v1/applications/unmatched?reason=selects-too-many')
      .expect(200);

    const items: Unmatched[] = body.items;
    expect(items.map(({ id }) => id)).toEqual([
      `selects-too-many::${GREEDY}`,
      `selects-too-many::${WIDE}`,
    ]);
    expect(items[0]?.message).toContain('selects 510 Applications');
    expect(items[0]?.fix.snippets?.[0]?.text).toContain(
      'argocd/app-selector: app.kubernetes.io/name=greedy',
    );
    // Once for the entity, and not for each application that is not shown.
    expect(body.counts).not.toHaveProperty('not-selected');
  });

  it('gets signals for what is shown, and none for the others', async () => {
    const { channel } = await gitops.deployments(GREEDY);
    await untilQuiet();
    const before = gitops.signals.length;
    const ofEntity = () =>
      gitops.signals.slice(before).filter(signal => signal.channel === channel);

    degrade(SIZE - 1);
    await until(() => argocd.count(`/${name(SIZE - 1)}/resource-tree`) > 0);
    await untilQuiet();
    expect(ofEntity()).toEqual([]);

    degrade(3);
    await until(() => ofEntity().length > 0);
    expect(ofEntity().length).toBeGreaterThan(0);
  });

  function degrade(index: number): void {
    argocd.put(owned(index, { health: { status: 'Degraded' } }));
  }

  /** Longer than signals are held back. */
  async function untilQuiet(): Promise<void> {
    let before: number;
    do {
      before = gitops.signals.length;
      await setTimeout(600);
    } while (gitops.signals.length > before);
  }
});
