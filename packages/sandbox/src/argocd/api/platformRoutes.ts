import { type Cluster } from '../../cluster/Cluster';
import { type KubeObject, timestamp } from '../../cluster/KubeObject';
import { type Application, isApplication } from '../Application';
import { type KnownClusters } from '../Clusters';
import { GrpcError } from './GrpcError';
import { type Policy } from './Policy';
import { type Call, type Route } from './Route';

/** A repository that has credentials of its own. */
export interface PlatformRepository {
  readonly url: string;
  /** Whether it can be read. */
  connection(): Promise<{ status: string; message: string }>;
}

interface Parts {
  clusters: KnownClusters;
  policy: Policy;
  /** The only one that has. */
  platform?: PlatformRepository;
}

/** Projects, clusters and repositories: what applications refer to. */
export function platformRoutes(parts: Parts): Route[] {
  return [
    ...projectRoutes(parts),
    ...clusterRoutes(parts),
    repositoryRoute(parts),
  ];
}

/** Repositories under the address of a credential template are in no list. */
function repositoryRoute(parts: Parts): Route {
  const { policy, platform } = parts;
  const allowed = allowedBy(policy);
  return {
    method: 'GET',
    path: '/api/v1/repositories',
    answer: async call => ({
      metadata: {},
      items:
        platform && allowed(call, 'repositories', platform.url)
          ? [
              {
                repo: platform.url,
                username: 'argocd',
                type: 'git',
                connectionState: {
                  ...(await platform.connection()),
                  attemptedAt: timestamp(Date.now()),
                },
              },
            ]
          : [],
    }),
  };
}

function projectRoutes({ clusters, policy }: Parts): Route[] {
  const allowed = allowedBy(policy);
  return [
    {
      method: 'GET',
      path: '/api/v1/projects',
      answer: call => ({
        metadata: { resourceVersion: clusters.control.resourceVersion },
        items: projects(clusters)
          .filter(({ metadata }) => allowed(call, 'projects', metadata.name))
          .map(projectView),
      }),
    },
    {
      method: 'GET',
      path: '/api/v1/projects/{name}',
      answer: call => {
        const { name = '' } = call.params;
        policy.enforce(call.session(), {
          resource: 'projects',
          action: 'get',
          object: name,
        });
        const project = clusters.project(name);
        if (project) return projectView(project);
        throw new GrpcError(
          'NotFound',
          `appprojects.argoproj.io "${name}" not found`,
        );
      },
    },
  ];
}

function clusterRoutes({ clusters, policy }: Parts): Route[] {
  const allowed = allowedBy(policy);
  return [
    {
      method: 'GET',
      path: '/api/v1/clusters',
      answer: call => ({
        metadata: {},
        items: clusters.all
          .filter(({ server }) => allowed(call, 'clusters', server))
          .map(cluster => clusterView(cluster, clusters)),
      }),
    },
    {
      method: 'GET',
      path: '/api/v1/clusters/{id}',
      answer: call => {
        const { id = '' } = call.params;
        const type = call.query.get('id.type') ?? 'url';
        const cluster = clusters.find(
          type === 'url' ? { server: id } : { name: id },
        );
        if (cluster && allowed(call, 'clusters', cluster.server)) {
          return clusterView(cluster, clusters);
        }
        call.session();
        throw new GrpcError('PermissionDenied', 'permission denied');
      },
    },
  ];
}

function allowedBy(policy: Policy) {
  return (call: Call, resource: string, object: string) =>
    policy.allows(call.session().account, { resource, action: 'get', object });
}

function projects(clusters: KnownClusters): KubeObject[] {
  return clusters.control
    .list(({ kind }) => kind === 'AppProject')
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
}

function projectView(project: KubeObject) {
  const { apiVersion: _, kind: __, ...view } = project;
  return { ...view, status: project.status ?? {} };
}

function clusterView(cluster: Cluster, clusters: KnownClusters) {
  const applications = clusters.control
    .list(isApplication)
    .filter(
      object =>
        clusters.find((object as Application).spec.destination)?.server ===
        cluster.server,
    );
  const error = clusters.connections.syncError(cluster);
  const connectionState = {
    status: error ? 'Failed' : 'Successful',
    message: error ?? '',
    attemptedAt: timestamp(Date.now()),
  };
  return {
    server: cluster.server,
    name: cluster.name,
    config: { tlsClientConfig: { insecure: false } },
    connectionState,
    serverVersion: '1.31',
    info: {
      connectionState,
      serverVersion: '1.31',
      cacheInfo: {},
      applicationsCount: applications.length,
    },
  };
}
