import { type DeploymentList } from '@callboard/backstage-plugin-gitops-common';
import { type Portal } from './Portal';

/** An application's row, as both answer it. */
export interface Row {
  readonly name: string;
  readonly sync: string;
  readonly health: string;
}

interface RoadieApplication {
  metadata: { name: string };
  status: { sync: { status: string }; health: { status: string } };
}

/**
 * Asks what runs of a service and how it is, as the frontend of the system does
 * when somebody opens the service's page.
 */
export function viewPage(portal: Portal, service: string): Promise<Row[]> {
  return portal.system === 'roadie'
    ? viewRoadie(portal, service)
    : viewCallboard(portal, service);
}

/** @param token - of who asks; the reader's where nothing is said */
export async function viewCallboard(
  portal: Portal,
  service: string,
  token?: string,
): Promise<Row[]> {
  const { items } = await portal.get<DeploymentList>(
    `gitops/v1/deployments?entityRef=component:default/${service}`,
    token,
  );
  return items.map(({ application, sync, health }) => ({
    name: application.name,
    sync: sync.status,
    health: health.status,
  }));
}

/** `useAppDetails` of its frontend: where are they, then each instance for its own. */
async function viewRoadie(portal: Portal, service: string): Promise<Row[]> {
  const selector = encodeURIComponent(`backstage-name=${service}`);
  const found = await portal.get<{ name: string }[]>(
    `argocd/find/selector/${selector}`,
  );
  const lists = await Promise.all(
    found.map(({ name }) =>
      portal.get<{ items: RoadieApplication[] | null }>(
        `argocd/argoInstance/${name}/applications/selector/${selector}`,
      ),
    ),
  );
  return lists
    .flatMap(({ items }) => items ?? [])
    .map(({ metadata, status }) => ({
      name: metadata.name,
      sync: status.sync.status,
      health: status.health.status,
    }));
}
