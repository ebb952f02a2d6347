import { type KubeEvent } from '../cluster/EventRecorder';
import { type Application } from './Application';
import { accountToken } from './api/tokens';
import { isHealthy, TestArgoCd } from './testing/TestArgoCd';
import {
  MIGRATE,
  application,
  kustomization,
  serviceFiles,
} from './testing/manifests';

jest.setTimeout(60_000);

const POLICY = `
p, role:all, *, *, *, allow
p, reader, applications, get, services/*, allow
g, backstage, role:all
`;
const BASE = '/api/v1/applications/hello';

interface TreeNode {
  kind: string;
  name: string;
  namespace: string;
  uid?: string;
  info?: { name: string; value: string }[];
  [field: string]: unknown;
}

interface LogLine {
  result: {
    content: string;
    podName: string;
    last: boolean;
    timeStamp: string;
  };
}

// Cited: argo-cd v3.3.14 and its master of August 2026.
describe('the details of an application', () => {
  const argocd = new TestArgoCd({ policy: POLICY });
  let sha: string;

  beforeAll(async () => {
    argocd.registry.push('ghcr.io/acme/hello', '1.0.0');
    sha = argocd.git.commit('hello', {
      ...serviceFiles('hello'),
      'deploy/base/kustomization.yaml': kustomization(
        ['deployment.yaml', 'service.yaml', 'migrate.yaml', 'secret.yaml'],
        'configMapGenerator:\n  - name: settings\n    literals: [CURRENCY=EUR]\n',
      ),
      'deploy/base/secret.yaml': secret('first'),
      'deploy/base/migrate.yaml': MIGRATE,
    });
    const source = { repoURL: argocd.git.url('hello') };
    const options = { automated: false };
    argocd.platform({ 'hello.yaml': application('hello', source, options) });
    await argocd.start();
  });

  afterAll(() => argocd.cleanUp());

  const post = (path: string, body: unknown) =>
    argocd.call<Application>(`${BASE}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });

  async function sync(body: object = {}): Promise<Application> {
    const reply = await post('/sync', body);
    expect(reply.status).toBe(200);
    return argocd.until(
      'hello',
      ({ operation, status }) =>
        !operation && !!status?.operationState?.finishedAt,
    );
  }

  async function tree(): Promise<TreeNode[]> {
    const path = `${BASE}/resource-tree`;
    return (await argocd.call<{ nodes: TreeNode[] }>(path)).body.nodes;
  }

  async function node(kind: string): Promise<TreeNode> {
    const found = (await tree()).find(candidate => candidate.kind === kind);
    if (!found) throw new TypeError(`The tree has no ${kind}`);
    return found;
  }

  async function servicePod(): Promise<TreeNode> {
    const pods = (await tree()).filter(
      ({ kind, name }) => kind === 'Pod' && !name.startsWith('migrate'),
    );
    const [pod] = pods;
    if (!pod) throw new TypeError('The tree has no pod');
    return pod;
  }

  async function events(resource?: TreeNode): Promise<KubeEvent[]> {
    const query = resource
      ? new URLSearchParams({
          resourceName: resource.name,
          resourceNamespace: resource.namespace,
          resourceUID: resource.uid ?? '',
        })
      : '';
    const path = `${BASE}/events?${query}`;
    return (await argocd.call<{ items: KubeEvent[] }>(path)).body.items;
  }

  async function logs(path: string): Promise<LogLine['result'][]> {
    const { text } = await argocd.call(`${BASE}${path}`);
    return text
      .split('\n')
      .filter(line => line !== '')
      .map(line => (JSON.parse(line) as LogLine).result);
  }

  it('are missing before the first sync', async () => {
    const nodes = await tree();
    expect(nodes.map(({ kind }) => kind)).toEqual([
      'ConfigMap',
      'Secret',
      'Service',
      'Deployment',
    ]);
    expect(nodes.at(-1)).toEqual({
      group: 'apps',
      version: 'v1',
      kind: 'Deployment',
      namespace: 'hello-prod',
      name: 'hello',
      health: {
        status: 'Missing',
        message: 'Resource has not been created',
      },
    });
  });

  it('say in a dry run what a sync would do, and do nothing', async () => {
    const hello = await sync({ dryRun: true });
    expect(hello.status?.operationState?.syncResult?.resources).toContainEqual(
      expect.objectContaining({
        kind: 'Deployment',
        status: 'Synced',
        message: 'deployment.apps/hello created (dry run)',
        images: ['ghcr.io/acme/hello:1.0.0'],
      }),
    );
    expect((await node('Deployment')).uid).toBeUndefined();
  });

  it('tell what was done by whom, hooks first', async () => {
    const infos = [{ name: 'Reason', value: 'the first release' }];
    const synced = await sync({ infos });

    const { operationState, history } = synced.status ?? {};
    expect(operationState).toMatchObject({
      phase: 'Succeeded',
      operation: { info: infos, initiatedBy: { username: 'backstage' } },
      syncResult: { revision: sha },
    });
    expect(
      operationState?.syncResult?.resources?.map(
        ({ kind, syncPhase, hookType, hookPhase, message }) =>
          [kind, syncPhase, hookType, hookPhase, message].join(' | '),
      ),
    ).toEqual([
      'Namespace | PreSync |  | Succeeded | namespace/hello-prod created',
      'Job | PreSync | PreSync | Succeeded | Reached expected number of succeeded pods',
      'Secret | Sync |  | Running | secret/token created',
      expect.stringMatching(/^ConfigMap .* configmap\/settings-\w+ created$/),
      'Service | Sync |  | Running | service/hello created',
      'Deployment | Sync |  | Running | deployment.apps/hello created',
    ]);
    expect(history).toMatchObject([
      { revision: sha, initiatedBy: { username: 'backstage' } },
    ]);
  });

  // `populatePodInfo` in controller/cache/info.go
  it('show a tree down to the pods', async () => {
    await argocd.until('hello', isHealthy);
    const set = await node('ReplicaSet');
    const pod = await servicePod();

    expect(set).toMatchObject({
      group: 'apps',
      info: [{ name: 'Revision', value: 'Rev:1' }],
      parentRefs: [{ group: 'apps', kind: 'Deployment', name: 'hello' }],
      health: { status: 'Healthy' },
    });
    expect(pod).toMatchObject({
      parentRefs: [{ kind: 'ReplicaSet', name: set.name, uid: set.uid }],
      images: ['ghcr.io/acme/hello:1.0.0'],
      health: { status: 'Healthy' },
      createdAt: expect.stringMatching(/Z$/),
      networkingInfo: { labels: { app: 'hello' } },
    });
    expect(pod.info).toEqual([
      { name: 'Status Reason', value: 'Running' },
      { name: 'Node', value: expect.stringMatching(/^prod-node-[123]$/) },
      { name: 'Containers', value: '1/1' },
    ]);
    expect(await node('Service')).toMatchObject({
      networkingInfo: { targetLabels: { app: 'hello' } },
    });
  });

  it('keep a hook in the tree and out of the comparison', async () => {
    expect(await node('Job')).toMatchObject({ health: { status: 'Healthy' } });
    const hello = await argocd.app('hello');
    expect(hello.status?.resources).toContainEqual(
      expect.objectContaining({ kind: 'Job', hook: true }),
    );
    expect(hello.status?.sync?.status).toBe('Synced');
    const managed = await argocd.call<{ items: { kind: string }[] }>(
      `${BASE}/managed-resources`,
    );
    expect(managed.body.items.map(({ kind }) => kind)).not.toContain('Job');
  });

  // util/argo/audit_logger.go and its callers
  it('tell what happened to the application', async () => {
    const items = await events();
    expect(items.map(({ reason, message }) => `${reason}: ${message}`)).toEqual(
      expect.arrayContaining([
        'ResourceUpdated: Updated sync status:  -> OutOfSync',
        'ResourceUpdated: Updated sync status: OutOfSync -> Synced',
        'ResourceUpdated: Updated health status: Progressing -> Healthy',
        `OperationStarted: backstage initiated sync to main (${sha})`,
        `OperationCompleted: Sync operation to ${sha} succeeded`,
      ]),
    );
    expect(items[0]).toMatchObject({
      type: 'Normal',
      count: 1,
      involvedObject: { kind: 'Application', name: 'hello' },
      source: { component: 'argocd-application-controller' },
    });
  });

  it('tell what happened to a resource, by its name and uid', async () => {
    const pod = await servicePod();
    const items = await events(pod);
    expect(items.map(({ reason }) => reason)).toEqual([
      'Scheduled',
      'Pulled',
      'Created',
      'Started',
    ]);
    const query = `resourceName=${pod.name}&resourceNamespace=hello-prod&resourceUID=x`;
    expect(await argocd.call(`${BASE}/events?${query}`)).toMatchObject({
      status: 400,
      body: {
        code: 3,
        message: `${pod.name} not found as part of application hello`,
      },
    });
  });

  // `PodLogs` in server/application/application.go
  it('show what a pod wrote, and then that there is no more', async () => {
    const pod = await servicePod();
    const lines = await logs(`/pods/${pod.name}/logs?container=hello`);
    expect(lines[0]).toMatchObject({
      content: 'Listening on 8080',
      podName: pod.name,
      last: false,
      timeStamp: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect(lines.at(-1)).toMatchObject({
      content: '',
      podName: '',
      last: true,
    });
    expect(lines.filter(({ last }) => last)).toHaveLength(1);
  });

  it('show the logs of everything that came of a resource', async () => {
    const query = 'kind=Deployment&group=apps&resourceName=hello';
    const lines = await logs(`/logs?${query}&tailLines=1`);
    const pods = new Set(lines.map(({ podName }) => podName));
    expect(pods.size).toBe(3);
    const none = await logs('/logs?kind=Deployment&resourceName=other');
    expect(none).toEqual([]);
    const filtered = await logs(`/logs?${query}&filter=!listening`);
    expect(filtered).toMatchObject([{ last: true }]);
    const job = await logs('/logs?kind=Job&resourceName=migrate');
    expect(job.map(({ content }) => content)).toEqual([
      'Migrating',
      'Migrated',
      '',
    ]);
  });

  it('say in the words of Kubernetes why there is no log', async () => {
    const pod = await servicePod();
    const path = `/pods/${pod.name}/logs`;
    expect(await logs(`${path}?previous=true`)).toMatchObject([
      {
        content: `previous terminated container "hello" in pod "${pod.name}" not found`,
        podName: '',
        timeStamp: null,
      },
      { last: true },
    ]);
    expect(await logs(`${path}?container=other`)).toMatchObject([
      { content: `container other is not valid for pod ${pod.name}` },
      { last: true },
    ]);
  });

  it('keep logs from those who may only read applications', async () => {
    const headers = { authorization: `Bearer ${accountToken('reader')}` };
    const pod = await servicePod();
    const path = `${BASE}/pods/${pod.name}/logs`;
    const reply = await argocd.call(path, { headers });
    expect(reply.status).toBe(403);
    expect(reply.body).toMatchObject({
      error: {
        grpc_code: 7,
        message: expect.stringMatching(
          /^permission denied: logs, get, services\/hello, sub: reader, iat: /,
        ),
      },
    });
  });

  // `HideSecretData` in gitops-engine/pkg/diff/diff.go
  it('show where a resource differs, but no secrets', async () => {
    argocd.git.commit('hello', { 'deploy/base/secret.yaml': secret('second') });
    await argocd.app('hello', '?refresh=normal');

    type Items = { items: Record<string, string>[] };
    const { body } = await argocd.call<Items>(
      `${BASE}/managed-resources?kind=Secret`,
    );
    const [item] = body.items;
    const data = (text = 'null') => JSON.parse(text)?.data;
    expect(item).toMatchObject({ name: 'token', modified: true });
    expect(data(item?.targetState)).toEqual({ token: '++++++++' });
    expect(data(item?.liveState)).toEqual({ token: '++++++++++++' });
    expect(data(item?.predictedLiveState)).toEqual({ token: '++++++++' });
    expect(data(item?.normalizedLiveState)).toEqual({ token: '++++++++++++' });
    for (const value of ['first', 'second']) {
      const encoded = Buffer.from(value).toString('base64');
      expect(JSON.stringify(item)).not.toContain(value);
      expect(JSON.stringify(item)).not.toContain(encoded);
    }
  });

  it('say what a sync would prune, and leave it where nobody wants that', async () => {
    argocd.git.commit('hello', {
      'deploy/base/kustomization.yaml': kustomization([
        'deployment.yaml',
        'migrate.yaml',
        'secret.yaml',
        'service.yaml',
      ]),
    });
    await argocd.app('hello', '?refresh=normal');

    type Items = { items: Record<string, string>[] };
    const { body } = await argocd.call<Items>(
      `${BASE}/managed-resources?kind=ConfigMap`,
    );
    expect(body.items).toMatchObject([
      { targetState: 'null', predictedLiveState: 'null', modified: true },
    ]);
    const hello = await sync();
    expect(hello.status?.operationState?.syncResult?.resources).toContainEqual(
      expect.objectContaining({
        kind: 'ConfigMap',
        status: 'PruneSkipped',
        message: 'ignored (requires pruning)',
      }),
    );
  });

  it('go back to an earlier deployment, but not to one that never was', async () => {
    expect(await post('/rollback', { id: 7 })).toMatchObject({
      status: 400,
      body: {
        code: 3,
        message: 'application argocd/hello does not have deployment with id 7',
      },
    });
    expect((await post('/rollback', { id: 0 })).status).toBe(200);
    const back = await argocd.until(
      'hello',
      ({ status }) => status?.history?.length === 3,
    );
    expect(back.status?.history?.at(-1)?.revision).toBe(sha);
    expect((await events()).map(({ message }) => message)).toContain(
      'backstage initiated rollback to 0',
    );
  });

  it('know a commit only by its id', async () => {
    const path = `${BASE}/revisions/main/metadata`;
    expect(await argocd.call(path)).toMatchObject({
      status: 500,
      body: { code: 2, message: 'revision main must be resolved' },
    });
  });

  it('have no windows where the project has none', async () => {
    const { body } = await argocd.call(`${BASE}/syncwindows`);
    expect(body).toEqual({ canSync: true });
  });
});

function secret(token: string): string {
  return `apiVersion: v1
kind: Secret
metadata: { name: token }
stringData: { token: ${token} }
`;
}
