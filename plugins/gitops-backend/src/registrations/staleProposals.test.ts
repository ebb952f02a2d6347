import { until } from '../__testUtils__/until';
import { component } from './__testUtils__/serviceFiles';
import { type Portal } from './__testUtils__/startPortal';
import { startWorld, type World } from './__testUtils__/startWorld';

const KUSTOMIZATION = 'clusters/production/argocd/kustomization.yaml';
const STALE = ['updated', 'shared', 'taken', 'replaced', 'youngest'];
/** Each of these is merged before the others, in the same gap of the list. */
const MERGED = ['a-1', 'a-2', 'a-3'];

/** All pull requests that are open are made again, one after the other. */
const PATIENCE_MS = 30_000;

jest.setTimeout(90_000);

let world: World;
let portal: Portal;

beforeAll(async () => {
  world = await startWorld();
  const names = [...STALE, ...MERGED];
  for (const name of names) {
    await world.createService(name);
  }
  portal = await world.portal({
    entities: names.map(name => component(name, { url: world.url })),
  });
}, 120_000);

afterAll(async () => {
  await portal?.stop();
  await world?.stop();
}, 30_000);

async function propose(name: string): Promise<number> {
  const { pullRequest } = await portal.register({
    entityRef: `component:default/${name}`,
    environment: 'production',
  });
  return pullRequest?.number ?? 0;
}

function branchOf(name: string) {
  return `gitops/register/production/${name}`;
}

/** Commits a file; the portal's account may do so on main. */
function write(
  file: { path: string; text: string; sha?: string },
  branch: string,
) {
  const { path, text, sha } = file;
  return world.hosting.ask<{ commit: { sha: string } }>(
    branch === 'main' ? 'callboard' : 'jonas',
    `PUT gitops-infra/contents/${path}`,
    {
      message: `Write ${path}`,
      content: Buffer.from(text).toString('base64'),
      branch,
      sha,
    },
  );
}

async function headOf(number: number): Promise<string> {
  const asked = `GET gitops-infra/pulls/${number}`;
  const pull = await world.hosting.ask<{ head: { sha: string } }>(
    'maya',
    asked,
  );
  return pull.head.sha;
}

async function said(number: number): Promise<string[]> {
  const asked = `GET gitops-infra/issues/${number}/comments`;
  const comments = await world.hosting.ask<{ body: string }[]>('maya', asked);
  return comments.map(({ body }) => body);
}

function untilMergeable(number: number) {
  return until(() => world.hosting.isMergeable(number), Boolean, PATIENCE_MS);
}

function untilSaid(number: number) {
  const isSaid = (comments: string[]) => comments.length > 0;
  return until(() => said(number), isSaid, PATIENCE_MS);
}

describe('a pull request that a merge put into conflict', () => {
  it('is made again after the base was merged into its branch', async () => {
    const other = await propose('a-1');
    const number = await propose('updated');
    await write({ path: 'notes.md', text: 'Notes\n' }, 'main');
    const asked = `PUT gitops-infra/pulls/${number}/update-branch`;
    await world.hosting.ask('jonas', asked, {});
    const before = await headOf(number);

    await world.hosting.merge(other);

    await untilMergeable(number);
    expect(await headOf(number)).not.toBe(before);
    expect(await said(number)).toEqual([]);
  });

  it('says once that it is left alone, where somebody else wrote to it', async () => {
    const other = await propose('a-2');
    const number = await propose('shared');
    await write({ path: 'record.md', text: 'By hand\n' }, branchOf('shared'));
    const before = await headOf(number);
    await world.hosting.merge(other);

    await untilSaid(number);

    const another = await propose('a-3');
    const youngest = await propose('youngest');
    await world.hosting.merge(another);
    await untilMergeable(youngest);
    expect(await said(number)).toEqual([
      expect.stringMatching(
        /no longer merges into main.* holds more than the portal wrote.*close it and try again/,
      ),
    ]);
    expect(await headOf(number)).toBe(before);
  });

  it('says what stands in its way', async () => {
    const number = await propose('taken');
    const path =
      'clusters/production/argocd/apps/taken-production-prod-eu1.yaml';

    await write({ path, text: 'kind: ConfigMap\n' }, 'main');

    await untilSaid(number);
    expect((await said(number)).join()).toContain(
      `${path} exists in the platform repository and describes something else`,
    );
  });

  it("says so where none of its commits is the portal's", async () => {
    const number = await propose('replaced');
    const { sha } = await world.hosting.ask<{ sha: string }>(
      'maya',
      `GET gitops-infra/contents/${KUSTOMIZATION}`,
    );
    const main = await world.hosting.ask<{ object: { sha: string } }>(
      'maya',
      'GET gitops-infra/git/ref/heads/main',
    );
    await world.hosting.ask('jonas', 'POST gitops-infra/git/refs', {
      ref: 'refs/heads/by-hand',
      sha: main.object.sha,
    });
    const byHand = await write(
      { path: KUSTOMIZATION, text: 'kind: Kustomization\n', sha },
      'by-hand',
    );
    const ref = `PATCH gitops-infra/git/refs/heads/${branchOf('replaced')}`;
    await world.hosting.ask('jonas', ref, {
      sha: byHand.commit.sha,
      force: true,
    });

    await world.hosting.merge(await propose('youngest'));

    await untilSaid(number);
    expect((await said(number)).join()).toContain(
      'None of its commits says what was asked for',
    );
    expect(await headOf(number)).toBe(byHand.commit.sha);
  });
});
