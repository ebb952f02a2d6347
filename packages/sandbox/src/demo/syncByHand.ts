import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceUnavailableError } from '@backstage/errors';
import { type DemoService } from './DemoService';
import { ENVIRONMENTS } from './environments';
import { ORGANISATION } from './organisation';
import { applicationName } from './platformManifests';

const EVERY_MS = 250;

/** The two systems' public addresses, and how to stop waiting for them. */
interface Handles {
  readonly gitUrl: string;
  readonly argocdUrl: string;
  readonly argocdToken: string;
  readonly signal: AbortSignal;
}

/**
 * Does what a person did before the demo begins: where sync is manual, the
 * last release but one was synced by hand. Applications that have been synced
 * before are left alone.
 */
export async function syncByHand(
  services: readonly DemoService[],
  handles: Handles,
): Promise<void> {
  await Promise.all(
    services.flatMap(service =>
      service.registrations
        .filter(({ manualSync }) => manualSync)
        .flatMap(({ environment }) =>
          clustersOf(environment).map(cluster =>
            syncOnce({ service: service.name, environment, cluster }, handles),
          ),
        ),
    ),
  );
}

function clustersOf(environment: string) {
  const found = ENVIRONMENTS.find(({ name }) => name === environment);
  return found?.clusters ?? [];
}

interface Application {
  readonly status?: {
    readonly sync?: { readonly status?: string };
    readonly operationState?: unknown;
  };
}

async function syncOnce(
  application: Parameters<typeof applicationName>[0],
  handles: Handles,
): Promise<void> {
  const { service, environment } = application;
  const name = applicationName(application);
  const path = `/api/v1/applications/${name}?project=services-${environment}`;
  let found = await argocd<Application>(handles, path);
  while (!found?.status?.sync?.status) {
    await sleep(EVERY_MS, undefined, { signal: handles.signal });
    found = await argocd<Application>(handles, path);
  }
  if (!found.status.operationState) {
    const revision = await lastButOne(handles, service, environment);
    await argocd(handles, `/api/v1/applications/${name}/sync`, { revision });
  }
}

/** The commit that released to the environment before the last one. */
async function lastButOne(
  handles: Handles,
  service: string,
  environment: string,
): Promise<string> {
  const path = encodeURIComponent(
    `deploy/overlays/${environment}/kustomization.yaml`,
  );
  const response = await fetch(
    `${handles.gitUrl}/api/v3/repos/${ORGANISATION.login}/${service}/commits?path=${path}`,
    { signal: handles.signal },
  );
  const commits = (await response.json()) as { sha: string }[];
  const commit = commits[1] ?? commits[0];
  if (!commit) {
    throw new ServiceUnavailableError(`${service} was never released`);
  }
  return commit.sha;
}

async function argocd<T>(
  handles: Handles,
  path: string,
  body?: object,
): Promise<T | undefined> {
  const response = await fetch(`${handles.argocdUrl}${path}`, {
    headers: {
      authorization: `Bearer ${handles.argocdToken}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
    signal: handles.signal,
  });
  if (response.status === 404 || response.status === 403) {
    return undefined;
  }
  if (!response.ok) {
    throw new ServiceUnavailableError(
      `${path}: ${response.status} ${await response.text()}`,
    );
  }
  return (await response.json()) as T;
}
