import { type KubeEvent } from '../../cluster/EventRecorder';
import { type Application, CONTROL_PLANE } from '../Application';
import { type KnownClusters } from '../Clusters';
import { type ApplicationAccess } from './ApplicationAccess';
import { type Looks } from './Engine';
import { GrpcError } from './GrpcError';
import { type Route } from './Route';
import { queryOf } from './applicationRoutes';
import { liveObjects, managedResources } from './managedResources';

interface Parts {
  access: ApplicationAccess;
  clusters: KnownClusters;
  reconciler: Looks;
}

/** What happened to an application, or to something that belongs to it. */
export function eventRoutes(parts: Parts): Route[] {
  const { access, clusters } = parts;
  return [
    {
      method: 'GET',
      path: '/api/v1/applications/{name}/events',
      answer: async call => {
        const application = access.get(call.session(), queryOf(call));
        const resource = {
          name: call.query.get('resourceName') ?? '',
          namespace: call.query.get('resourceNamespace') ?? '',
          uid: call.query.get('resourceUID') ?? '',
        };
        const events =
          resource.name === '' && resource.uid === ''
            ? clusters.control.events.about(objectOf(application))
            : await resourceEvents(application, resource, parts);
        return { metadata: {}, items: events.map(eventView) };
      },
    },
  ];
}

interface Resource {
  name: string;
  namespace: string;
  uid: string;
}

function objectOf({ metadata }: Application): Resource {
  const { name, namespace = CONTROL_PLANE, uid = '' } = metadata;
  return { name, namespace, uid };
}

/** @throws GrpcError for what does not belong to the application (`ListResourceEvents` in server/application/application.go) */
async function resourceEvents(
  application: Application,
  resource: Resource,
  { clusters, reconciler }: Parts,
): Promise<KubeEvent[]> {
  const managed = await managedResources(application, reconciler);
  const found = liveObjects(managed).some(
    ({ metadata }) =>
      metadata.uid === resource.uid &&
      metadata.name === resource.name &&
      (metadata.namespace ?? '') === resource.namespace,
  );
  if (!found) {
    throw new GrpcError(
      'InvalidArgument',
      `${resource.name} not found as part of application ${application.metadata.name}`,
    );
  }
  const cluster = clusters.find(managed.cluster) ?? managed.cluster;
  const path = `/api/v1/namespaces/${resource.namespace}/events`;
  const error = clusters.connections.callError(cluster, path);
  if (error) {
    throw new GrpcError('Unknown', `error listing resource events: ${error}`);
  }
  return cluster.events.about(resource);
}

function eventView(event: KubeEvent) {
  return {
    ...event,
    eventTime: null,
    reportingComponent: event.source.component,
    reportingInstance: event.source.host ?? '',
  };
}
