import { setTimeout as sleep } from 'node:timers/promises';
import { type DemoService } from './DemoService';
import { ENVIRONMENTS } from './environments';
import { applicationName } from './platformManifests';

const EVERY_MS = 250;

/** How Argo CD is read, how something is made to drift there, and how to stop waiting for it. */
interface Handles {
  readonly argocdUrl: string;
  readonly argocdToken: string;
  drift(application: string): void;
  readonly signal: AbortSignal;
}

/**
 * Does what a person did before the demo begins: where Argo CD leaves drift
 * alone, something was scaled by hand. What has been changed before is left as
 * it is.
 */
export async function driftByHand(
  services: readonly DemoService[],
  handles: Handles,
): Promise<void> {
  const names = services.flatMap(service =>
    service.registrations
      .filter(({ keepsDrift }) => keepsDrift)
      .flatMap(({ environment }) =>
        clustersOf(environment).map(cluster =>
          applicationName({ service: service.name, environment, cluster }),
        ),
      ),
  );
  await Promise.all(names.map(name => driftOnce(name, handles)));
}

async function driftOnce(name: string, handles: Handles): Promise<void> {
  for (;;) {
    const generation = await deploymentGeneration(name, handles);
    if (generation !== undefined) {
      if (generation === 1) handles.drift(name);
      return;
    }
    await sleep(EVERY_MS, undefined, { signal: handles.signal });
  }
}

/** How often the application's Deployment was changed, once it is there and compared. */
async function deploymentGeneration(
  name: string,
  { argocdUrl, argocdToken, signal }: Handles,
): Promise<number | undefined> {
  const application = `${argocdUrl}/api/v1/applications/${name}`;
  const headers = { authorization: `Bearer ${argocdToken}` };
  const response = await fetch(application, { headers, signal });
  const { status } = (await response.json()) as {
    status?: { sync?: { status?: string }; health?: { status?: string } };
  };
  if (status?.sync?.status !== 'Synced' && status?.sync?.status !== 'OutOfSync')
    return undefined;
  if (status.health?.status !== 'Healthy') return undefined;
  const managed = await fetch(
    `${application}/managed-resources?kind=Deployment`,
    { headers, signal },
  );
  const { items = [] } = (await managed.json()) as {
    items?: { liveState: string }[];
  };
  const live = JSON.parse(items[0]?.liveState ?? 'null') as {
    metadata: { generation?: number };
  } | null;
  return live?.metadata.generation;
}

function clustersOf(environment: string) {
  const found = ENVIRONMENTS.find(({ name }) => name === environment);
  return found?.clusters ?? [];
}
