import { SANDBOX_ARGOCD_TOKEN } from './api/tokens';
import { isHealthy, TestArgoCd } from './testing/TestArgoCd';
import { application, serviceFiles } from './testing/manifests';
import { readStream } from './testing/readStream';

jest.setTimeout(30_000);

const STREAM = '/api/v1/stream/applications';

describe('the page for trouble', () => {
  const argocd = new TestArgoCd();

  beforeAll(async () => {
    argocd.registry.push('ghcr.io/acme/hello', '1.0.0');
    argocd.git.commit('hello', serviceFiles('hello'));
    const source = { repoURL: argocd.git.url('hello') };
    argocd.platform({ 'hello.yaml': application('hello', source) });
    await argocd.start();
    await argocd.until('hello', isHealthy);
  });

  const make = (form: string) =>
    argocd.call('/trouble', {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form,
    });
  const status = async () => (await argocd.call('/api/version')).status;
  const open = (path: string) =>
    fetch(`${argocd.server.url}${path}`, {
      headers: {
        authorization: `Bearer ${SANDBOX_ARGOCD_TOKEN}`,
        accept: 'text/event-stream',
      },
    });
  const timed = async (path: string) => {
    const begin = performance.now();
    await argocd.call(path);
    return performance.now() - begin;
  };

  afterEach(() => make('restart=on'));
  afterAll(() => argocd.cleanUp());

  it('lets the next requests fail, and no more', async () => {
    await make('failures=2');
    expect(await status()).toBe(503);
    expect((await argocd.call('/trouble')).text).toMatch(
      /name="failures"[^>]*value="1"/,
    );
    expect(await status()).toBe(503);
    expect(await status()).toBe(200);
  });

  it('makes one route slow', async () => {
    const route = '/api/v1/applications/{name}/resource-tree';
    await make(`latencyMs=300&slowRoute=${encodeURIComponent(route)}`);

    expect(
      await timed('/api/v1/applications/hello/resource-tree'),
    ).toBeGreaterThan(290);
    expect(await timed('/api/v1/applications/hello')).toBeLessThan(290);
    expect((await argocd.call('/trouble')).text).toMatch(
      new RegExp(`value="${route.replace(/[{}]/g, '\\$&')}"\\s+selected`),
    );
  });

  it('knows no other routes than Argo CD', async () => {
    const refused = await make('slowRoute=/nowhere&unavailable=on');
    expect(refused).toMatchObject({
      status: 404,
      text: expect.stringContaining('Argo CD has no route “/nowhere”'),
    });
    expect(await status()).toBe(200);
  });

  it('holds back the first event, and the headers with it', async () => {
    await make(`latencyMs=300&slowRoute=${STREAM}`);
    const begin = performance.now();
    const response = await open(`${STREAM}?name=hello`);
    expect(performance.now() - begin).toBeGreaterThan(290);
    expect(await readStream(response, text => text.includes('\n\n'))).toContain(
      '"type":"ADDED"',
    );
  });

  it('loses events', async () => {
    const response = await open(`${STREAM}?name=hello`);
    const text = readStream(response, found => found.includes('MODIFIED'));
    await make('lossy=on');
    const lost = await argocd.app('hello', '?refresh=normal');
    await make('');
    const told = await argocd.app('hello', '?refresh=normal');

    const heard = await text;
    const version = (found: typeof lost) =>
      `"resourceVersion":"${found.metadata.resourceVersion}"`;
    expect(heard).not.toContain(version(lost));
    expect(Number(told.metadata.resourceVersion)).toBeGreaterThan(
      Number(lost.metadata.resourceVersion),
    );
    expect(heard).toContain('MODIFIED');
  });

  it.each(['/api/v1/applications/hello', `${STREAM}?name=hello`])(
    'lets %s dribble, and arrive when it is over',
    async path => {
      await make('dribbling=on');
      const response = await open(path);
      const reader = response.body?.getReader();
      const first = await reader?.read();
      expect(first?.value?.length).toBe(16);
      reader?.releaseLock();

      await make('');
      const whole = await readStream(response, text => text.includes('\n\n'));
      expect(whole).toContain('ghcr.io/acme/hello:1.0.0');
    },
  );
});
