import {
  startTestHosting,
  type TestHosting,
} from './__testUtils__/testHosting';

describe('the web face', () => {
  let world: TestHosting;
  let url: string;

  beforeAll(async () => {
    world = await startTestHosting();
    url = world.hosting.url;
    await openPull();
  });

  afterAll(() => world.remove());

  async function page(path: string, cookie = ''): Promise<string> {
    const headers = { accept: 'text/html', cookie };
    const response = await fetch(`${url}${path}`, { headers });
    expect(response.status).toBe(200);
    return response.text();
  }

  function post(
    path: string,
    form: Record<string, string>,
    headers: Record<string, string> = {},
  ) {
    return fetch(`${url}${path}`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams(form),
      headers: { origin: url, accept: 'text/html', ...headers },
    });
  }

  async function api<T>(path: string, method = 'GET', body?: object) {
    const response = await fetch(`${url}/api/v3/repos/acme/${path}`, {
      method,
      headers: { authorization: 'Bearer sandbox-maya' },
      ...(body && { body: JSON.stringify(body) }),
    });
    return (await response.json()) as T;
  }

  /** Proposes a file with a hostile name and text. */
  async function openPull(): Promise<void> {
    const main = await api<{ object: { sha: string } }>(
      'infra/git/ref/heads/main',
    );
    const { sha } = main.object;
    const ref = 'refs/heads/add/one';
    await api('infra/git/refs', 'POST', { ref, sha });
    await api('infra/contents/apps/one.yaml', 'PUT', {
      branch: 'add/one',
      message: 'Add <b>one</b>',
      content: Buffer.from('name: <script>alert(1)</script>\n').toString(
        'base64',
      ),
    });
    const title = 'Add one <img src=x>';
    await api('infra/pulls', 'POST', { title, head: 'add/one', base: 'main' });
  }

  it('shows repositories, files, commits and differences', async () => {
    expect(await page('/acme')).toContain('Says hello');
    expect(await page('/acme/hello.git')).toContain('Says hello.');
    expect(await page('/acme/hello/tree/main/src')).toContain('index.ts');
    expect(await page('/acme/hello/blob/main/src/index.ts')).toContain(
      'answer = 43',
    );
    const commits = await page('/acme/hello/commits/main/src');
    expect(commits).toContain('Answer better');
    const sha = /commit\/([0-9a-f]{40})/.exec(commits)?.[1];
    const commit = await page(`/acme/hello/commit/${sha}`);
    expect(commit).toContain('Because 42 is not enough.');
    expect(commit).toContain('+export const answer = 43;');
    expect(await page('/acme/infra/blob/add/one/apps/one.yaml')).toContain(
      'name:',
    );
    expect(await page('/acme/infra/compare/main...add%2Fone')).toContain(
      '1 ahead, 0 behind',
    );
    expect(await page('/acme/infra/pulls')).toContain('Maya Okafor');
  });

  it('escapes everything that people wrote', async () => {
    for (const path of ['pull/1', 'pulls', 'blob/add/one/apps/one.yaml']) {
      const text = await page(`/acme/infra/${path}`);
      expect(text).not.toMatch(/<script|<img|<b>/);
    }
    expect(await page('/acme/infra/pull/1')).toContain(
      '&lt;script&gt;alert(1)&lt;/script&gt;',
    );
  });

  it('has pages only for those who ask for pages', async () => {
    for (const path of ['/acme/hello', '/acme/hello//deploy/base?ref=main']) {
      expect((await fetch(`${url}${path}`)).status).toBe(404);
    }
    const missing = await fetch(`${url}/acme/hello/constructor`, {
      headers: { accept: 'text/html' },
    });
    expect(missing.status).toBe(404);
    const raw = await fetch(`${url}/raw/acme/hello/main/src/index.ts`);
    expect(await raw.text()).toBe('export const answer = 43;\n');
  });

  it('takes no form from elsewhere', async () => {
    const approve = '/acme/infra/pull/1/approve';
    for (const origin of ['http://evil.test', 'null']) {
      const response = await post(approve, { as: 'tom' }, { origin });
      expect(response.status).toBe(403);
    }
    const anonymous = await fetch(`${url}${approve}`, { method: 'POST' });
    expect(anonymous.status).toBe(403);
    const reviews = await api<object[]>('infra/pulls/1/reviews');
    expect(reviews).toEqual([]);
  });

  it('lets one act as somebody else', async () => {
    const back = '/acme/infra/pull/1';
    const response = await post('/-/act-as', { login: 'jonas', back });
    expect(response.headers.get('location')).toBe(back);
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect(await page(back, cookie)).toMatch(/as\s+Jonas Lind/);
    const away = { login: 'jonas', back: '//evil.test' };
    const safe = await post('/-/act-as', away);
    expect(safe.headers.get('location')).toBe('/');
  });

  it('approves and merges by another person than the author', async () => {
    const before = await page('/acme/infra/pull/1');
    expect(before).toContain('At least 1 approving review is required');
    expect(before).toMatch(/as\s+Tom Becker/);

    const early = await post('/acme/infra/pull/1/merge', { as: 'tom' });
    expect(early.status).toBe(405);
    expect(await early.text()).toContain('role="alert"');
    const own = await post('/acme/infra/pull/1/approve', { as: 'maya' });
    expect(await own.text()).toContain('Can not approve your own pull request');

    const approval = await post('/acme/infra/pull/1/approve', { as: 'tom' });
    expect(approval.status).toBe(303);
    expect(await page('/acme/infra/pull/1')).toContain('✓ approved');
    const merge = await post('/acme/infra/pull/1/merge', { as: 'tom' });
    expect(merge.status).toBe(303);
    expect(await page('/acme/infra/pull/1')).toContain('Merged by');
    expect(await page('/acme/infra/blob/main/apps/one.yaml')).toContain(
      'name:',
    );
  });

  it('commits an edit, or proposes it where the branch is protected', async () => {
    const form = async (path: string) => {
      const text = await page(path);
      const sha = /name="sha" value="([^"]+)"/.exec(text)?.[1] ?? '';
      return { sha, text: 'one\r\ntwo\r\n', message: 'By hand' };
    };
    const free = '/acme/hello/edit/main/README.md';
    const direct = await post(free, await form(free), { cookie: 'act-as=tom' });
    expect(direct.headers.get('location')).toBe(
      '/acme/hello/blob/main/README.md',
    );
    const raw = await fetch(`${url}/raw/acme/hello/main/README.md`);
    expect(await raw.text()).toBe('one\ntwo\n');

    const guarded = '/acme/infra/edit/main/apps/kustomization.yaml';
    const proposed = await post(guarded, await form(guarded));
    expect(proposed.headers.get('location')).toBe('/acme/infra/pull/2');
    expect(await page('/acme/infra/pull/2')).toContain('maya-patch-1');
  });
});
