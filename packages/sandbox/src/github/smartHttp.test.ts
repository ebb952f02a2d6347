import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  startTestHosting,
  type TestHosting,
} from './__testUtils__/testHosting';
import { type Push } from './pushEvents';

const run = promisify(execFile);

describe('Git over HTTP', () => {
  let world: TestHosting;
  let work: string;

  beforeAll(async () => {
    world = await startTestHosting();
  });

  afterAll(() => world.remove());

  beforeEach(async () => {
    work = await mkdtemp(join(tmpdir(), 'callboard-work-'));
  });

  afterEach(() => rm(work, { recursive: true, force: true }));

  async function git(...args: string[]): Promise<string> {
    const identity = ['-c', 'user.name=Tom', '-c', 'user.email=tom@x.test'];
    const { stdout, stderr } = await run('git', [...identity, ...args], {
      cwd: work,
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
    });
    return stdout + stderr;
  }

  function remote(repository: string, token?: string): string {
    const url = `${world.hosting.url}/acme/${repository}.git`;
    return token ? url.replace('//', `//x-access-token:${token}@`) : url;
  }

  async function commitTo(repository: string): Promise<void> {
    await git('clone', '-q', remote(repository), '.');
    await writeFile(join(work, 'new.txt'), work);
    await git('add', '.');
    await git('commit', '-q', '-m', 'Something new');
  }

  it('is readable by everybody, also a shallow clone without .git', async () => {
    const url = remote('hello').replace('.git', '');
    await git('clone', '-q', '--depth=1', url, '.');
    const text = await readFile(join(work, 'src/index.ts'), 'utf8');
    expect(text).toContain('43');
  });

  it('takes a push with a token and tells of it', async () => {
    await commitTo('hello');
    const told = new Promise<Push>(resolve => {
      const stop = world.hosting.onPush(push => {
        stop();
        resolve(push);
      });
    });

    await git('push', '-q', remote('hello', 'sandbox-tom'), 'main');

    const after = (await git('rev-parse', 'HEAD')).trim();
    expect(await told).toMatchObject({
      repository: 'acme/hello',
      branch: 'main',
      login: 'tom',
      after,
      files: ['new.txt'],
    });
    expect(await git('ls-remote', remote('hello'), 'main')).toContain(after);
  });

  it.each([
    ['without a token', undefined, /could not read Username/],
    ['with a wrong token', 'nonsense', /Authentication failed/],
    ['from somebody outside of the organisation', 'sandbox-reader', /403/],
  ])('refuses a push %s', async (_, token, message) => {
    await commitTo('hello');
    const push = git('push', '-q', remote('hello', token), 'HEAD:main');
    await expect(push).rejects.toThrow(message);
  });

  it('knows no repository that is not there', async () => {
    const clone = git('clone', '-q', remote('missing'), '.');
    await expect(clone).rejects.toThrow(/not found/);
  });

  it('protects a branch that needs reviews', async () => {
    await commitTo('infra');
    const push = git('push', remote('infra', 'sandbox-tom'), 'main');
    await expect(push).rejects.toThrow(
      /GH006: Protected branch update failed for refs\/heads\/main\.[^]*Changes must be made through a pull request/,
    );
  });

  it('lets the accounts through that may pass by the review, but not by force', async () => {
    await commitTo('infra');
    const url = remote('infra', 'sandbox-callboard');
    await git('push', '-q', url, 'main');
    await git('commit', '-q', '--amend', '-m', 'Something else');
    const force = git('push', '-q', '--force', url, 'main');
    await expect(force).rejects.toThrow(/Cannot force-push to this branch/);
  });

  it('refuses to write what has been archived', async () => {
    await commitTo('hello');
    await world.hosting.admin.archiveRepository('acme', 'hello');
    const push = git('push', '-q', remote('hello', 'sandbox-tom'), 'main');
    await expect(push).rejects.toThrow(/403/);
  });
});
