import { type Entity } from '@backstage/catalog-model';
import { type ArgoJson } from './FixedArgocd';
import { component } from './startPortal';

export const SHA = (digit: string) => digit.repeat(40);

const GIT = { repoURL: 'https://git.acme.test/acme/shop', path: 'deploy' };
const CHART = {
  repoURL: 'https://charts.acme.test',
  chart: 'redis',
  targetRevision: '1.x',
};
const SYNCED = {
  sync: { status: 'Synced', revision: SHA('1') },
  health: { status: 'Healthy' },
};

function application(
  name: string,
  changes: { metadata?: object; spec?: object; status?: object },
): ArgoJson {
  return {
    metadata: {
      name,
      namespace: 'argocd',
      annotations: { 'backstage.io/entity-ref': `component:default/${name}` },
      ...changes.metadata,
    },
    spec: {
      project: 'services-dev',
      source: { ...GIT, targetRevision: 'main' },
      destination: { server: 'https://dev.k8s.acme.test', namespace: 'shop' },
      ...changes.spec,
    },
    ...(changes.status && { status: changes.status }),
  };
}

function deployed(id: number, source: object = GIT) {
  return {
    id,
    revision: SHA(`${id}`),
    source,
    deployStartedAt: `2026-01-0${id}T10:00:00Z`,
    deployedAt: `2026-01-0${id}T10:00:09Z`,
  };
}

/** Applications in the states that the frontends have to cope with. */
export const APPLICATIONS: readonly ArgoJson[] = [
  application('several', {
    status: {
      ...SYNCED,
      history: [deployed(1), deployed(2), deployed(3)],
      operationState: {
        phase: 'Succeeded',
        startedAt: '2026-01-03T10:00:00Z',
        finishedAt: '2026-01-03T10:00:09Z',
      },
    },
  }),
  application('once', { status: { ...SYNCED, history: [deployed(1)] } }),
  // Nothing has looked at it yet.
  application('fresh', {}),
  application('stuck', {
    status: {
      sync: { status: 'OutOfSync', revision: SHA('2') },
      health: { status: 'Degraded' },
      history: [deployed(1)],
      operationState: { phase: 'Running', startedAt: '2026-01-04T10:00:00Z' },
      conditions: [
        {
          type: 'SyncError',
          message: 'one or more objects failed to apply',
          lastTransitionTime: '2026-01-04T10:00:01Z',
        },
      ],
    },
  }),
  application('chart', {
    spec: { source: CHART },
    status: {
      ...SYNCED,
      history: [{ ...deployed(1, CHART), revision: '1.4.2' }],
    },
  }),
  application('multi', {
    metadata: { labels: { team: 'shop', tier: 'web' } },
    spec: { source: null, sources: [GIT, CHART] },
    status: {
      sync: { status: 'Synced', revisions: [SHA('5'), '1.4.2'] },
      health: { status: 'Healthy' },
      history: [
        {
          id: 5,
          revisions: [SHA('5'), '1.4.2'],
          sources: [GIT, CHART],
          deployedAt: '2026-01-05T10:00:09Z',
        },
      ],
    },
  }),
  application('status-only', {
    metadata: { annotations: null },
    status: { ...SYNCED, history: [deployed(1)] },
  }),
  application('hidden', { status: { ...SYNCED, history: [deployed(1)] } }),
];

const BY_NAME = ['several', 'once', 'fresh', 'stuck', 'chart', 'status-only'];

/** Whose they are; `nowhere` has one that nobody knows. */
export const ENTITIES: Entity[] = [
  ...[...BY_NAME, 'nowhere'].map(name =>
    component(name, { 'argocd/app-name': name }),
  ),
  component('multi', { 'argocd/app-selector': 'team=shop,tier=web' }),
];
