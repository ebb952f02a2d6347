import { isError } from '@backstage/errors';
import { type Cluster } from '../../cluster/Cluster';
import { type KubeObject } from '../../cluster/KubeObject';
import { withoutBookkeeping } from '../../cluster/mergeManifest';
import { type Application, sourceOf } from '../Application';
import { type ManagedResource } from '../compare';
import { trackedManifest } from '../tracking';
import { type ApplicationAccess } from './ApplicationAccess';
import { type Looks } from './Engine';
import { GrpcError } from './GrpcError';
import { type Call, type Route } from './Route';
import { queryOf } from './applicationRoutes';
import { JsonFilter } from './jsonFields';
import { managedResources } from './managedResources';
import { maskedPair } from './maskedSecrets';
import { resourceTree } from './resourceTree';

/** What an application consists of: rendered, compared, and as a tree. */
export function resourceRoutes(parts: {
  access: ApplicationAccess;
  reconciler: Looks;
}): Route[] {
  const { access, reconciler } = parts;
  const find = (call: Call) => access.get(call.session(), queryOf(call));
  return [
    {
      method: 'GET',
      path: '/api/v1/applications/{name}/manifests',
      answer: call => manifests(find(call), call, reconciler),
    },
    {
      method: 'GET',
      path: '/api/v1/applications/{name}/managed-resources',
      answer: async call => {
        const found = await managedResources(find(call), reconciler);
        const items = found.resources
          .filter(({ status }) => !status.hook && isWanted(status, call.query))
          .map(resource => resourceDiff(resource, found.cluster));
        const fields = call.query.get('fields');
        return new JsonFilter(fields).filter(items.length ? { items } : {});
      },
    },
    {
      method: 'GET',
      path: '/api/v1/applications/{name}/resource-tree',
      answer: async call => {
        const { resources, cluster } = await managedResources(
          find(call),
          reconciler,
        );
        return resourceTree(resources, cluster);
      },
    },
  ];
}

async function manifests(
  application: Application,
  call: Call,
  reconciler: Looks,
) {
  const target = reconciler.target(application);
  const source = sourceOf(application);
  const revision =
    call.query.get('revision') || source.targetRevision || 'HEAD';
  try {
    const rendered = await reconciler.render(
      application,
      revision,
      call.query.get('noCache') === 'true',
    );
    return {
      manifests: rendered.manifests.map(manifest =>
        JSON.stringify(
          maskedPair({
            target: trackedManifest(manifest, application),
            live: undefined,
          }).target,
        ),
      ),
      namespace: application.spec.destination.namespace,
      server: 'cluster' in target ? target.cluster.server : undefined,
      revision: rendered.revision,
      sourceType: rendered.sourceType,
    };
  } catch (error) {
    throw new GrpcError(
      'Unknown',
      `error generating manifests: rpc error: code = Unknown desc = ${
        isError(error) ? error.message : String(error)
      }`,
    );
  }
}

function resourceDiff(
  { target, live, modified, status }: ManagedResource,
  cluster: Cluster,
) {
  const text = (object: KubeObject | undefined) =>
    object ? JSON.stringify(object) : 'null';
  const shown = maskedPair({ target, live });
  const compared = maskedPair({
    target: target && withoutBookkeeping(cluster.predict(target)),
    live: live && withoutBookkeeping(live),
  });
  return {
    ...(status.group ? { group: status.group } : {}),
    kind: status.kind,
    ...(status.namespace ? { namespace: status.namespace } : {}),
    name: status.name,
    targetState: text(shown.target),
    liveState: text(shown.live),
    normalizedLiveState: text(compared.live),
    predictedLiveState: text(compared.target),
    ...(live ? { resourceVersion: live.metadata.resourceVersion } : {}),
    ...(modified ? { modified } : {}),
  };
}

function isWanted(
  status: ManagedResource['status'],
  query: URLSearchParams,
): boolean {
  const fields = ['namespace', 'name', 'group', 'kind', 'version'] as const;
  return fields.every(field => {
    const wanted = query.get(field);
    return !wanted || wanted === (status[field] ?? '');
  });
}
