import { type Registration } from '@callboard/backstage-plugin-gitops-common';
import { TOKEN } from './__testUtils__/portalConfig';
import { component } from './__testUtils__/serviceFiles';
import { type Portal } from './__testUtils__/startPortal';
import { startWorld, type World } from './__testUtils__/startWorld';

const BRANCH = 'ci/release-to-dev';
const OVERLAY = 'deploy/overlays/dev/kustomization.yaml';
const PROTECTION = {
  required_pull_request_reviews: {
    required_approving_review_count: 1,
    bypass_pull_request_allowances: { users: ['aiko'] },
  },
  required_status_checks: null,
  enforce_admins: null,
  restrictions: null,
};
/** A repository that the configuration does not name. */
const SECRET = 'payroll';

jest.setTimeout(60_000);

let world: World;
let portal: Portal;

beforeAll(async () => {
  world = await startWorld();
  for (const name of ['cart', 'search', 'quiet', 'away', SECRET]) {
    await world.createService(name, { protection: PROTECTION });
  }
  const before = await world.portal({
    entities: [component('quiet', { url: world.url })],
  });
  await before.register({ entityRef: 'component:default/quiet' });
  await before.stop();
  portal = await world.portal({
    pullRequestWebhooks: true,
    serviceRepositories: ['cart', 'search', 'quiet', 'away'],
    entities: [
      ...['cart', 'search', 'away'].map(name =>
        component(name, { url: world.url }),
      ),
      // Registered, and since then pointed to where the portal must not look.
      component('quiet', { url: world.url, repository: SECRET }),
    ],
  });
  for (const name of ['cart', 'search', 'away']) {
    await portal.register({ entityRef: `component:default/${name}` });
  }
}, 60_000);

afterAll(async () => {
  await portal?.stop();
  await world?.stop();
}, 30_000);

afterEach(() => world.git.admin.setFaults([]));

/** Commits a text to the overlay on a branch, which begins anew on main. */
async function writeOverlay(
  repository: string,
  change: { login: string; branch: string; text: string },
): Promise<void> {
  const { login, branch, text } = change;
  const ask = <T>(asked: string, body?: object) => {
    const [method, path] = asked.split(' ');
    return world.hosting.ask<T>(login, `${method} ${repository}/${path}`, body);
  };
  if (branch !== 'main') {
    const main = await ask<{ object: { sha: string } }>(
      'GET git/ref/heads/main',
    );
    const { sha } = main.object;
    const ref = `refs/heads/${branch}`;
    await ask('POST git/refs', { ref, sha }).catch(() =>
      ask(`PATCH git/${ref}`, { sha, force: true }),
    );
  }
  const path = `contents/${OVERLAY}`;
  const { sha } = await ask<{ sha: string }>(`GET ${path}?ref=${branch}`);
  const content = Buffer.from(text).toString('base64');
  await ask(`PUT ${path}`, { branch, message: 'Release', content, sha });
}

async function openPull(
  repository: string,
  pull: { branch: string; title: string; login?: string },
): Promise<number> {
  const { branch, title, login = 'build-robot' } = pull;
  await writeOverlay(repository, { login, branch, text: `# ${title}\n` });
  const opened = await world.hosting.ask<{ number: number }>(
    login,
    `POST ${repository}/pulls`,
    { title, head: branch, base: 'main' },
  );
  return opened.number;
}

const list = (name: string) => portal.list(`component:default/${name}`);

/** After the webhooks of what happened before. */
async function dev(name: string): Promise<Registration | undefined> {
  const answer = await list(name);
  expect(answer.status).toBe(200);
  return answer.body.items[0];
}

async function until(
  name: string,
  isWished: (registration: Registration | undefined) => boolean,
): Promise<Registration | undefined> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const found = await dev(name);
    if (isWished(found)) {
      return found;
    }
    if (Date.now() > deadline) {
      throw new TypeError(`Still ${JSON.stringify(found)}`);
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

describe('a release that CI could not commit', () => {
  let number: number;

  it('is not there at first', async () => {
    const { body } = await list('cart');

    expect(body.items[0]).toMatchObject({ state: 'registered' });
    expect(body.items[0].release).toBeUndefined();
    expect(body.sources).toContainEqual({
      name: 'repository:acme/cart',
      state: 'ok',
      since: expect.any(String),
    });
  });

  it('is shown in its environment, with what it waits for', async () => {
    const title = 'ci: release 1.0.5 to dev';
    number = await openPull('cart', { branch: BRANCH, title });

    const found = await until('cart', it => it?.release !== undefined);

    expect(found?.release).toEqual({
      version: '1.0.5',
      pullRequest: {
        number,
        title,
        url: `${world.url}/acme/cart/pull/${number}`,
        waitsFor: '1 approving review',
        mergeable: true,
      },
    });
    const { body } = await list('cart');
    expect(
      body.items.map((it: Registration) => it.release !== undefined),
    ).toEqual([true, false, false]);
  });

  it('takes no version from a title of other words, and shows it all the same', async () => {
    const rename = (title: string) =>
      world.hosting.ask('maya', `PATCH cart/pulls/${number}`, { title });
    for (const title of [
      'Please merge: ci: release 6.6.6 to dev',
      'ci: release 6.6.6 to production',
      'ci: release <b>6.6.6</b> to dev',
    ]) {
      await rename(title);
      const found = await until(
        'cart',
        it => it?.release?.pullRequest.title === title,
      );
      expect(found?.release?.version).toBeUndefined();
    }
    await rename('ci: release 1.0.6 to dev');
    await until('cart', it => it?.release?.version === '1.0.6');
  });

  it('waits for somebody to merge it once it is approved', async () => {
    await world.hosting.ask('jonas', `POST cart/pulls/${number}/reviews`, {
      event: 'APPROVE',
    });

    const found = await until(
      'cart',
      it => it?.release?.pullRequest.waitsFor === 'somebody to merge it',
    );

    expect(found?.release?.version).toBe('1.0.6');
  });

  it('is gone once it is merged', async () => {
    await world.hosting.ask('jonas', `PUT cart/pulls/${number}/merge`, {});

    const found = await until('cart', it => it?.release === undefined);
    expect(found?.state).toBe('registered');
  });

  it('says that it conflicts, and is gone once it is closed', async () => {
    const title = 'ci: release 1.0.7 to dev';
    number = await openPull('cart', { branch: 'ci/release-to-dev', title });
    await until('cart', it => it?.release?.version === '1.0.7');
    await writeOverlay('cart', {
      login: 'aiko',
      branch: 'main',
      text: '# Somebody was here\n',
    });

    const found = await until(
      'cart',
      it => it?.release?.pullRequest.mergeable === false,
    );
    expect(found?.release?.pullRequest.waitsFor).toBe(
      'its conflicts with main to be resolved',
    );

    await world.hosting.ask('maya', `PATCH cart/pulls/${number}`, {
      state: 'closed',
    });
    await until('cart', it => it?.release === undefined);
  });
});

describe('what is no such release', () => {
  it('is a pull request of another branch, or of a fork', async () => {
    const title = 'ci: release 6.6.6 to dev';
    for (const branch of [
      'ci/release-to-development',
      'release-to-dev',
      'gitops/image/search-dev',
    ]) {
      await openPull('search', { branch, title });
    }
    await world.hosting.ask('maya', 'POST search/forks', { name: 'searching' });
    // Of another owner than the organisation.
    const fork = '../maya/searching';
    await writeOverlay(fork, { login: 'maya', branch: BRANCH, text: '# 6\n' });
    const { head } = await world.hosting.ask<{
      head: { ref: string; repo: { full_name: string } };
    }>('maya', 'POST search/pulls', {
      title,
      head: `maya:${BRANCH}`,
      base: 'main',
    });
    expect(head).toMatchObject({
      ref: BRANCH,
      repo: { full_name: 'maya/searching' },
    });

    expect(await dev('search')).toMatchObject({ state: 'registered' });
    expect((await dev('search'))?.release).toBeUndefined();

    // Beside all of these, the one that is.
    const number = await openPull('search', {
      branch: BRANCH,
      title: 'ci: release 1.0.1 to dev',
    });
    const found = await until('search', it => it?.release !== undefined);
    expect(found?.release?.pullRequest.number).toBe(number);
  });

  it('is one of a repository that the configuration does not name', async () => {
    await openPull(SECRET, {
      branch: BRANCH,
      title: 'ci: release 1.0.1 to dev',
    });
    // Whoever asks for it gets this, and it would be told.
    world.git.admin.setFaults([{ path: `/${SECRET}`, status: 500 }]);

    const { body } = await list('quiet');

    expect(body.items).toHaveLength(3);
    expect(body.items[0].release).toBeUndefined();
    expect(body.sources).toEqual([
      expect.objectContaining({
        name: 'repository:acme/gitops-infra',
        state: 'ok',
      }),
    ]);
  });
});

describe('a service repository that cannot be read', () => {
  it.each([
    [500, 'unreachable'],
    [401, 'unauthorised'],
    [404, 'unauthorised'],
    [403, 'unauthorised'],
  ])('with %i is named, and the rest is answered', async (status, state) => {
    world.git.admin.setFaults([{ path: '/acme/away', status }]);

    const { body, text } = await list('away');

    expect(body.items).toMatchObject([
      { environment: 'dev', state: 'registered' },
      { environment: 'staging', state: 'absent' },
      { environment: 'production', state: 'absent' },
    ]);
    expect(body.sources).toEqual([
      expect.objectContaining({
        name: 'repository:acme/gitops-infra',
        state: 'ok',
      }),
      {
        name: 'repository:acme/away',
        state,
        since: expect.any(String),
        message: expect.stringMatching(
          /^Whether a release of acme\/away waits to be merged is not known\. /,
        ),
      },
    ]);
    expect(text).not.toContain(TOKEN);
  });

  it('is asked again as soon as somebody looks', async () => {
    await openPull('away', {
      branch: BRANCH,
      title: 'ci: release 1.0.1 to dev',
    });

    expect((await dev('away'))?.release?.version).toBe('1.0.1');
  });
});

describe('many people who look', () => {
  it('cost the Git hosting nothing', async () => {
    await until('away', it => it?.release?.version === '1.0.1');
    // From here on every question to it would be told.
    world.git.admin.setFaults([{ path: '/acme/away', status: 500 }]);

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => dev('away')),
    );

    expect(answers.map(it => it?.release?.version)).toEqual(
      Array.from({ length: 20 }, () => '1.0.1'),
    );
  });
});
