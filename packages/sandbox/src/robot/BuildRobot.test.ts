import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { tokenOf } from '../demo/organisation';
import { seedDemo } from '../demo/seedDemo';
import { checkout } from '../demo/services/checkout';
import { startGitHosting, type GitHosting } from '../github/GitHosting';
import {
  createImageRegistry,
  type ImageRegistry,
} from '../registry/ImageRegistry';
import { commitFiles } from '../testing/commitFiles';
import { BuildRobot } from './BuildRobot';
import { RepositoryApi } from './RepositoryApi';

const REPOSITORY = 'acme/checkout';
const OVERLAY = 'deploy/overlays/dev/kustomization.yaml';

jest.setTimeout(60_000);

describe('BuildRobot', () => {
  let dataDir: string;
  let git: GitHosting;
  let registry: ImageRegistry;
  let robot: BuildRobot;
  let api: RepositoryApi;

  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'robot-'));
    const log = () => {};
    git = await startGitHosting({ dataDir, port: 0, log });
    registry = createImageRegistry({ dataDir });
    await seedDemo(git, registry, [checkout]);
    robot = new BuildRobot({
      gitUrl: git.url,
      token: tokenOf('build-robot'),
      registry,
      log,
      environment: 'dev',
      buildMs: 200,
    });
    git.onPush(moved => robot.notice(moved));
    api = new RepositoryApi(git.url, REPOSITORY, tokenOf('maya'));
  });

  afterEach(async () => {
    await robot.stop();
    await git.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('releases each push in its turn', async () => {
    await write('One');
    await write('Two');
    await robot.idle();
    expect(await titles()).toEqual([
      'ci: release 1.0.6 to dev',
      'ci: release 1.0.5 to dev',
      'Two',
      'One',
    ]);
    expect(await api.text(OVERLAY, 'main')).toContain('newTag: "1.0.6"');
  });

  it('releases on top of what others push meanwhile', async () => {
    const messages = ['One', 'Two', 'Three', 'Four', 'Five'];
    for (const message of messages) {
      await write(message);
    }
    const written = (async () => {
      for (let note = 0; note < 40; note++) {
        await write(`Note ${note} [skip ci]`);
      }
    })();
    await Promise.all([robot.idle(), written]);
    const all = await titles(100);
    expect(all.filter(title => title.startsWith('ci:')).slice(0, 5)).toEqual(
      [9, 8, 7, 6, 5].map(build => `ci: release 1.0.${build} to dev`),
    );
    expect(all.filter(title => title.startsWith('Note'))).toHaveLength(40);
  });

  it('opens one pull request where main is protected from it', async () => {
    const owner = new RepositoryApi(git.url, REPOSITORY, tokenOf('callboard'));
    const before = await api.text(OVERLAY, 'main');
    await owner.ask('PUT branches/main/protection', {
      required_pull_request_reviews: {
        required_approving_review_count: 1,
        bypass_pull_request_allowances: { users: ['maya'] },
      },
      required_status_checks: null,
      enforce_admins: true,
      restrictions: null,
    });
    await push('One', { 'src/one.ts': '' });
    await robot.idle();
    await push('Two', { 'src/two.ts': '' });
    await robot.idle();
    expect(await api.text(OVERLAY, 'main')).toBe(before);
    const open = await api.ask<{ title: string; head: { sha: string } }[]>(
      'GET pulls?state=open',
    );
    expect(open.map(({ title }) => title)).toEqual([
      'ci: release 1.0.6 to dev',
    ]);
    expect(await api.text(OVERLAY, open[0]?.head.sha ?? '')).toContain(
      'newTag: "1.0.6"',
    );
  });

  it('says on the commit how the build went', async () => {
    const good = await push('Good', { 'src/good.ts': '' });
    await robot.idle();
    const bad = await push('Bad [fail ci]', { 'src/bad.ts': '' });
    await robot.idle();
    expect(await states(good)).toEqual(['success', 'pending']);
    expect(await states(bad)).toEqual(['failure', 'pending']);
    expect(registry.has('ghcr.io/acme/checkout:1.0.5')).toBe(true);
    expect(registry.has('ghcr.io/acme/checkout:1.0.6')).toBe(false);
  });

  it.each([
    ['the message says so', 'Quiet [skip ci]', { 'src/quiet.ts': '' }],
    ['only the deployment changes', 'More', { 'deploy/base/notes.md': '' }],
  ])('builds nothing when %s', async (_, message, files) => {
    const sha = await push(message, files);
    await robot.idle();
    expect(await states(sha)).toEqual([]);
    expect(registry.has('ghcr.io/acme/checkout:1.0.5')).toBe(false);
  });

  function push(message: string, files: Record<string, string>) {
    return commitFiles(git.url, { repository: REPOSITORY, message, files });
  }

  /** A commit by the API, which is faster than a clone. */
  async function write(message: string): Promise<void> {
    const written = await api.try(
      `PUT contents/src/${message.replace(/\W/g, '')}.ts`,
      { message, content: '', branch: 'main' },
    );
    // Somebody else was faster.
    if (written.status === 409) {
      await write(message);
    } else {
      expect(written).toMatchObject({ status: 201 });
    }
  }

  async function titles(count = 4): Promise<string[]> {
    const commits = await api.ask<{ commit: { message: string } }[]>(
      `GET commits?per_page=${count}`,
    );
    return commits.map(({ commit }) => commit.message.split('\n')[0] ?? '');
  }

  async function states(sha: string): Promise<string[]> {
    const statuses = await api.ask<{ state: string }[]>(
      `GET commits/${sha}/statuses`,
    );
    return statuses.map(({ state }) => state);
  }
});
