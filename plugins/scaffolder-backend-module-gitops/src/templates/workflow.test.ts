import { chmod, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import {
  readImage,
  setImage,
  setVersionLabel,
} from '@callboard/backstage-plugin-gitops-node';
import { parse } from 'yaml';
import { TemplateRunner } from './__testUtils__/TemplateRunner';
import { ABSENT, ANSWERS } from './__testUtils__/answers';
import { type Files, writeFiles } from './__testUtils__/files';
import { build, kustomizes } from './__testUtils__/kustomize';
import { run } from './__testUtils__/run';

const WORKFLOW = '.github/workflows/ci.yaml';
const OVERLAY = 'deploy/overlays/dev/kustomization.yaml';
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

const GIT_ALONE = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
};

interface Workflow {
  on: { push: { branches: string[]; 'paths-ignore': string[] } };
  env: Record<string, string>;
  permissions: Record<string, string>;
  jobs: Record<
    string,
    {
      permissions?: Record<string, string>;
      steps: { name?: string; uses?: string; run?: string }[];
    }
  >;
}

let files: Files;
let workflow: Workflow;

beforeAll(async () => {
  const runner = await TemplateRunner.start();
  ({ files } = await runner.dryRun('microservice', ANSWERS, {
    'gitops:inspect': ABSENT,
  }));
  await runner.stop();
  workflow = parse(files[WORKFLOW] ?? '');
}, 120_000);

describe('the workflow of a microservice', () => {
  it('is one that GitHub understands', async () => {
    const { output } = await run(
      [process.execPath, require.resolve('./__testUtils__/checkWorkflow.mjs')],
      { cwd: __dirname, input: files[WORKFLOW] },
    );

    expect(JSON.parse(output)).toEqual({
      errors: [],
      jobs: ['test', 'image', 'release'],
    });
  });

  it('is not started by its own releases', () => {
    expect(workflow.on.push).toEqual({
      branches: ['main'],
      'paths-ignore': ['deploy/**'],
    });
  });

  it('may do nothing more than each job needs', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(
      Object.values(workflow.jobs).map(({ permissions }) => permissions),
    ).toEqual([
      undefined,
      { contents: 'read', packages: 'write' },
      { contents: 'write', 'pull-requests': 'write' },
    ]);
  });

  it('runs actions that nobody can exchange', () => {
    const actions = Object.values(workflow.jobs)
      .flatMap(({ steps }) => steps)
      .flatMap(({ uses }) => uses ?? []);

    expect(actions.length).toBeGreaterThan(0);
    for (const action of actions) {
      expect(action).toMatch(/@[0-9a-f]{40}$/);
    }
  });
});

// The step itself, with a real repository in place of GitHub's.
describe('a release', () => {
  let folder: string;
  let origin: string;
  let checkout: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'release-'));
    origin = join(folder, 'origin.git');
    checkout = join(folder, 'checkout');
    const source = join(folder, 'source');
    await writeFiles(source, files);
    await git(folder, 'init', '--quiet', '--bare', '-b', 'main', origin);
    await git(source, 'init', '--quiet', '-b', 'main');
    await commit(source, 'Create hello');
    await git(source, 'push', '--quiet', `file://${origin}`, 'main');
    await git(
      folder,
      'clone',
      '--quiet',
      '--depth=1',
      `file://${origin}`,
      checkout,
    );
    await programs(join(folder, 'bin'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('changes the lines of image and version, and no other', async () => {
    const { code } = await release('1.0.1');

    expect(code).toBe(0);
    expect(await onBranch('main')).toBe(expected('1.0.1'));
    expect(await git(checkout, 'log', '-1', '--format=%B')).toBe(
      'ci: release 1.0.1 to dev\n\nBuilt-from: 1234567\n\n',
    );
  });

  it('replaces the release before it', async () => {
    await release('1.0.1');
    await release('1.0.2');

    expect(await onBranch('main')).toBe(expected('1.0.2'));
  });

  it('leaves other images alone', async () => {
    const sidecar = '  - name: proxy\n    newTag: "3.1"\n';
    await pushFromElsewhere(OVERLAY, `${files[OVERLAY]}${sidecar}`);
    await release('1.0.1');

    expect(await onBranch('main')).toBe(`${expected('1.0.1')}${sidecar}`);
  });

  it.each(kustomizes())(
    'deploys the digest with %s %s',
    async (...kustomize) => {
      await release('1.0.1');
      const { Deployment } = build(
        kustomize,
        join(checkout, 'deploy/overlays/dev'),
      );

      expect(Deployment.spec?.template.spec?.containers[0]?.image).toMatch(
        new RegExp(`^ghcr\\.io/acme/hello(:1\\.0\\.1)?@${DIGEST}$`),
      );
      expect(Deployment.metadata?.labels?.['app.kubernetes.io/version']).toBe(
        '1.0.1',
      );
    },
  );

  it('says so where it is there already', async () => {
    await release('1.0.1');
    const { code, output } = await release('1.0.1');

    expect(code).toBe(0);
    expect(output).toContain('dev has 1.0.1 already');
  });

  it('is made again on top of what somebody pushed meanwhile', async () => {
    await pushFromElsewhere('README.md', 'Changed meanwhile', {
      when: 'while releasing',
    });
    const { code } = await release('1.0.1');

    expect(code).toBe(0);
    expect(await onBranch('main')).toBe(expected('1.0.1'));
    expect(await git(origin, 'show', 'main:README.md')).toBe(
      'Changed meanwhile',
    );
  });

  it('becomes a pull request where the branch is protected', async () => {
    await protect('main');
    const first = await release('1.0.1');
    const second = await release('1.0.2');

    expect([first.code, second.code]).toEqual([0, 0]);
    expect(second.output).toContain('waits for its pull request');
    expect(await onBranch('main')).toBe(files[OVERLAY]);
    expect(await onBranch('ci/release-to-dev')).toBe(expected('1.0.2'));
    const asked = await readFile(join(folder, 'gh.log'), 'utf-8');
    expect(asked.split('\n').filter(Boolean)).toEqual([
      expect.stringMatching(/^pr create .*ci\/release-to-dev .*1\.0\.1 to dev/),
      expect.stringMatching(/^pr create .*ci\/release-to-dev .*1\.0\.2 to dev/),
      expect.stringMatching(/^pr edit ci\/release-to-dev .*1\.0\.2 to dev/),
    ]);
  });

  it('fails where the overlay sets no image', async () => {
    await pushFromElsewhere(
      OVERLAY,
      (files[OVERLAY] ?? '').replace(/images:[^]*/, ''),
    );
    const { code, output } = await release('1.0.1');

    expect(code).toBe(1);
    expect(output).toContain('It sets no newTag for the image hello');
  });

  function expected(version: string): string {
    const image = { name: 'hello', newTag: version, digest: DIGEST };
    const text = setImage(
      setVersionLabel(files[OVERLAY] ?? '', version),
      image,
    );
    expect(readImage(text, 'hello')).toMatchObject(image);
    return text;
  }

  async function release(version: string) {
    const { steps } = workflow.jobs.release ?? { steps: [] };
    const script = steps.find(({ name }) => name === 'Release')?.run ?? '';
    return run(
      ['bash', '--noprofile', '--norc', '-eo', 'pipefail', '-c', script],
      {
        cwd: checkout,
        env: {
          ...workflow.env,
          VERSION: version,
          DIGEST,
          GITHUB_SHA: '1234567',
          GH_LOG: join(folder, 'gh.log'),
          PATH: [join(folder, 'bin'), process.env.PATH].join(delimiter),
          ...GIT_ALONE,
        },
      },
    );
  }

  async function onBranch(branch: string): Promise<string> {
    return git(origin, 'show', `${branch}:${OVERLAY}`);
  }

  async function pushFromElsewhere(
    path: string,
    text: string,
    options: { when?: 'while releasing' } = {},
  ) {
    const elsewhere = join(folder, 'elsewhere');
    await git(folder, 'clone', '--quiet', `file://${origin}`, elsewhere);
    await writeFiles(elsewhere, { [path]: text });
    await commit(elsewhere, 'Change');
    if (options.when) {
      await hook(
        join(checkout, '.git/hooks/pre-push'),
        `rm "$0"; env -u GIT_DIR git -C '${elsewhere}' push --quiet`,
      );
    } else {
      await git(elsewhere, 'push', '--quiet');
    }
  }

  async function protect(branch: string) {
    await hook(
      join(origin, 'hooks/update'),
      `[ "$1" != refs/heads/${branch} ] || { echo protected >&2; exit 1; }`,
    );
  }
});

async function git(cwd: string, ...args: string[]): Promise<string> {
  const { code, output } = await run(['git', ...args], { cwd, env: GIT_ALONE });
  expect({ args, code, output }).toMatchObject({ code: 0 });
  return output;
}

async function commit(cwd: string, message: string) {
  await git(cwd, 'add', '--all');
  const who = ['-c', 'user.name=Maya', '-c', 'user.email=maya@acme.test'];
  await git(cwd, ...who, 'commit', '--quiet', '-m', message);
}

/** What GitHub's machines have on the PATH; `gh` opens one pull request only. */
async function programs(bin: string) {
  await mkdir(bin);
  const kustomize = kustomizes().find(([, command]) => command === 'build');
  await symlink(kustomize?.[0] ?? '', join(bin, 'kustomize'));
  await hook(
    join(bin, 'gh'),
    `echo "$*" >> "$GH_LOG"
[ "$2" != create ] || [ "$(grep -c '^pr create' "$GH_LOG")" = 1 ]`,
  );
}

async function hook(path: string, script: string) {
  await writeFiles('/', { [path]: `#!/bin/sh\n${script}\n` });
  await chmod(path, 0o755);
}
