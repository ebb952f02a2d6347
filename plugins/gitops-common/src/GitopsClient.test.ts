import { GitopsClient } from './GitopsClient';

function createClient(answer: () => Response) {
  const requests: { url: string; init?: RequestInit }[] = [];
  const client = new GitopsClient({
    discoveryApi: { getBaseUrl: async id => `https://portal/api/${id}` },
    fetchApi: {
      fetch: async (url, init) => {
        requests.push({ url: String(url), init });
        return answer();
      },
    },
  });
  return { client, requests };
}

describe('GitopsClient', () => {
  it('encodes the entity reference', async () => {
    const { client, requests } = createClient(() =>
      Response.json({ items: [] }),
    );

    await client.getDeployments('component:default/cart&x=1');

    expect(requests[0]?.url).toBe(
      'https://portal/api/gitops/v1/deployments?entityRef=component%3Adefault%2Fcart%26x%3D1',
    );
  });

  it('asks for several entities, states and owners', async () => {
    const { client, requests } = createClient(() =>
      Response.json({ items: [] }),
    );

    await client.getDeploymentsOf(['component:default/cart']);
    await client.getEntitiesByState({
      states: ['degraded', 'out-of-sync'],
      owners: ['group:default/a&b'],
      limit: 10,
    });

    expect(requests[0]).toMatchObject({
      url: 'https://portal/api/gitops/v1/deployments/by-entities',
      init: {
        method: 'POST',
        body: '{"entityRefs":["component:default/cart"]}',
      },
    });
    expect(requests[1]?.url).toBe(
      'https://portal/api/gitops/v1/deployments/by-state?state=degraded&state=out-of-sync&owner=group%3Adefault%2Fa%26b&limit=10',
    );
  });

  it('keeps to the name of a service, whatever it is', async () => {
    const { client, requests } = createClient(() => Response.json({}));

    await client.getService('../environments?x=1');

    expect(requests[0]?.url).toBe(
      'https://portal/api/gitops/v1/services/..%2Fenvironments%3Fx%3D1',
    );
  });

  it('sends a registration as JSON, with the token it is given', async () => {
    const { client, requests } = createClient(() => Response.json({}));

    await client.register(
      { entityRef: 'component:default/cart', environment: 'dev' },
      { token: 'secret' },
    );

    expect(requests[0]?.init).toMatchObject({
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Authorization: 'Bearer secret',
      },
      body: '{"entityRef":"component:default/cart","environment":"dev"}',
    });
  });

  it('puts what a removal needs into the query, and a dry run only where wanted', async () => {
    const { client, requests } = createClient(() => Response.json({}));
    const request = {
      entityRef: 'component:default/cart',
      environment: 'dev',
      workloads: 'keep',
    } as const;

    await client.deregister(request);
    await client.deregister({ ...request, dryRun: true });

    expect(
      requests.map(({ url }) => new URL(url).searchParams.get('dryRun')),
    ).toEqual([null, 'true']);
  });

  it('asks for applications by what is given, encoded', async () => {
    const { client, requests } = createClient(() =>
      Response.json({ items: [], sources: [] }),
    );

    await client.getApplications({
      name: undefined,
      selector: 'a=b&name=x,c in (d)',
    });
    await client.getApplicationRevision({
      instance: '../main',
      name: '..',
      revision: 'main#',
    });

    expect(requests.map(({ url }) => url)).toEqual([
      'https://portal/api/gitops/v1/applications?selector=a%3Db%26name%3Dx%2Cc+in+%28d%29',
      'https://portal/api/gitops/v1/applications/revision?instance=..%2Fmain&name=..&revision=main%23',
    ]);
  });

  it('asks for a history page by page', async () => {
    const { client, requests } = createClient(() =>
      Response.json({ items: [], sources: [], keptForDays: 180 }),
    );
    const name = {
      entityRef: 'component:default/cart',
      instance: 'main',
      namespace: 'argocd',
      name: 'cart-dev',
    };

    await client.getDeploymentHistory(name);
    await client.getDeploymentHistory(name, { cursor: 'a=b' });

    const path =
      'https://portal/api/gitops/v1/deployments/main/argocd/cart-dev/history';
    expect(requests.map(({ url }) => new URL(url))).toEqual([
      new URL(`${path}?entityRef=component%3Adefault%2Fcart`),
      new URL(`${path}?entityRef=component%3Adefault%2Fcart&cursor=a%3Db`),
    ]);
  });

  it('throws what the backend answered', async () => {
    const { client } = createClient(() =>
      Response.json(
        {
          error: { name: 'NotAllowedError', message: 'You may not' },
          response: { statusCode: 403 },
        },
        { status: 403, statusText: 'Forbidden' },
      ),
    );

    await expect(client.getEnvironments()).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: 403,
      cause: { name: 'NotAllowedError', message: 'You may not' },
    });
  });
});
