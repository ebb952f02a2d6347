import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '@callboard/sandbox';
import { Portal } from './__testUtils__/Portal';
import { ANSWERS } from './__testUtils__/answers';
import { run } from './__testUtils__/run';

describe('creating a microservice', () => {
  const portal = new Portal();
  let folder: string;
  let sandbox: Sandbox;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'create-'));
    sandbox = await startSandbox({ dataDir: join(folder, 'sandbox') });
    await portal.start(sandbox.git.url);
  }, 240_000);
  afterAll(async () => {
    await portal.stop();
    await sandbox.stop();
    await rm(folder, { recursive: true });
  });

  it('makes a repository of it, enters and registers it', async () => {
    const task = await portal.create(ANSWERS);

    expect(task).toMatchObject({ status: 'completed', skipped: [] });
    expect(task.log).not.toContain('Skipping maintain access');
    expect(task.log).toContain('The catalog shows component:default/hello');
    const { url } = sandbox.git;
    expect(portal.locations).toEqual([
      `${url}/acme/hello/blob/main/catalog-info.yaml`,
    ]);
    expect(portal.registrations).toEqual([
      {
        entityRef: 'component:default/hello',
        owner: 'group:default/storefront',
        repository: `${url}/acme/hello`,
      },
    ]);
    const cloned = await run(
      ['git', 'clone', '--quiet', `${authorised(url)}/acme/hello`, 'hello'],
      { cwd: folder },
    );
    expect(cloned).toEqual({ code: 0, output: '' });
  }, 60_000);

  it('continues when it is run again', async () => {
    const task = await portal.create(ANSWERS);

    expect(task).toMatchObject({
      status: 'completed',
      skipped: ['fetch', 'create', 'push'],
    });
    expect(portal.registrations).toHaveLength(2);
  }, 60_000);

  it('fills a repository that was created, and no more', async () => {
    await sandbox.git.admin.createRepository({
      owner: 'acme',
      name: 'begun',
      description: '',
      commits: [],
    });
    const task = await portal.create({ ...ANSWERS, name: 'begun' });

    expect(task).toMatchObject({ status: 'completed', skipped: ['create'] });
  }, 60_000);

  it("refuses somebody else's repository, and says what to do", async () => {
    const task = await portal.create({ ...ANSWERS, name: 'payments' });

    expect(task.status).toBe('failed');
    expect(task.log).toMatch(
      /payments exists and is not payments of group:default\/storefront.*Choose another name/,
    );
    expect(portal.registrations).toHaveLength(3);
  }, 60_000);
});

function authorised(url: string): string {
  return url.replace('http://', 'http://x-access-token:sandbox-maya@');
}
