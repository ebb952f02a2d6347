import {
  type Application,
  type Health,
  type ResourceStatus,
} from '../Application';
import { type KnownClusters } from '../Clusters';
import { healthOf } from '../healthOf';

export const MISSING: Health = {
  status: 'Missing',
  message: 'Resource has not been created',
};

/** Argo CD writes these even where it knows nothing yet. */
const EMPTY_STATUS = { sync: { status: '' }, health: {}, summary: {} };

/** An Application as the API shows it in a list: no kind, no apiVersion, no health of resources. */
export function listView(application: Application) {
  const { apiVersion: _, kind: __, ...view } = application;
  return { ...view, status: application.status ?? EMPTY_STATUS };
}

/** An Application as get and watch show it: with its resources' health. */
export function fullView(application: Application, clusters: KnownClusters) {
  const view = listView(application);
  const resources = application.status?.resources;
  if (!resources) return view;
  const cluster = clusters.find(application.spec.destination);
  const withHealth = resources.map(resource => {
    const live = cluster?.get(refOfStatus(resource));
    const health = live ? healthOf(live) : MISSING;
    return health ? { ...resource, health } : resource;
  });
  return { ...view, status: { ...view.status, resources: withHealth } };
}

function refOfStatus(resource: ResourceStatus) {
  const { group = '', kind, namespace = '', name } = resource;
  return { group, kind, namespace, name };
}
