import {
  type Application,
  type ApplicationSource,
  type ApplicationSpec,
  type ApplicationStatus,
  CONTROL_PLANE,
  type Health,
  type HistoryEntry,
  type OperationState,
  type ResourceResult,
  type ResourceStatus,
  RESOURCES_FINALIZER,
} from '../argocd/Application';
import { defined } from '../argocd/controller/updateApplication';
import {
  groupOf,
  type KubeObject,
  timestamp,
  versionOf,
} from '../cluster/KubeObject';
import { LAST_APPLIED } from '../cluster/mergeManifest';
import { type FleetPlan, type FleetState } from './FleetPlan';
import {
  fleetImages,
  fleetManifests,
  isChangedByRelease,
} from './fleetManifests';
import { fleetRevision } from './fleetRevision';

const HISTORY = 10;
const HOUR_MS = 60 * 60_000;
const SYNC_MS = 14_000;

/** Where the services of the fleet have their code; nothing answers there. */
export const FLEET_GIT_URL = 'https://git.fleet.test/acme';

/** The label that Roadie's action gives an Application, and entities select by. */
export const SERVICE_LABEL = 'backstage-name';

const HEALTH: Record<FleetState, Health['status']> = {
  healthy: 'Healthy',
  waiting: 'Healthy',
  progressing: 'Progressing',
  degraded: 'Degraded',
  failed: 'Degraded',
  unknown: 'Healthy',
  new: 'Missing',
  suspended: 'Suspended',
};

/** States in which Git asks for another release than the one that runs. */
const BEHIND: readonly FleetState[] = ['waiting', 'failed', 'new'];

/**
 * An Application as Argo CD has it after months of work: a dozen resources, ten
 * entries of history, the last operation's result.
 *
 * @param now - in milliseconds since the epoch; what happened is before it
 */
export function fleetApplication(plan: FleetPlan, now: number): Application {
  const manifest = manifestOf(plan);
  return {
    ...manifest,
    metadata: {
      ...manifest.metadata,
      creationTimestamp: timestamp(now - 300 * 24 * HOUR_MS),
      annotations: {
        ...manifest.metadata.annotations,
        [LAST_APPLIED]: JSON.stringify(manifest),
      },
    },
    status: statusOf(plan, now),
  };
}

/** The project of everything in an environment. */
export function projectName({
  environment,
}: Pick<FleetPlan, 'environment'>): string {
  return `fleet-${environment}`;
}

function manifestOf(plan: FleetPlan): Application {
  const { name, service, team, environment } = plan;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name,
      namespace: CONTROL_PLANE,
      labels: {
        'app.kubernetes.io/name': service,
        [SERVICE_LABEL]: service,
        'acme.test/team': team,
        'acme.test/environment': environment,
      },
      annotations: {
        'argocd.argoproj.io/tracking-id': `fleet-root:argoproj.io/Application:${CONTROL_PLANE}/${name}`,
        'backstage.io/entity-ref': `component:default/${service}`,
        'notifications.argoproj.io/subscribe.on-degraded.slack': team,
      },
      finalizers: [RESOURCES_FINALIZER],
    },
    spec: specOf(plan),
  };
}

function specOf(plan: FleetPlan): ApplicationSpec {
  return {
    project: projectName(plan),
    source: sourceOf(plan),
    destination: { server: plan.cluster.server, namespace: plan.namespace },
    syncPolicy: {
      // What waits, waits for somebody to sync it.
      ...(BEHIND.includes(plan.state)
        ? {}
        : { automated: { prune: true, selfHeal: true } }),
      syncOptions: ['CreateNamespace=true', 'ServerSideApply=true'],
      retry: {
        limit: 5,
        backoff: { duration: '5s', factor: 2, maxDuration: '3m' },
      },
    },
    revisionHistoryLimit: HISTORY,
  };
}

function sourceOf({ service, environment }: FleetPlan): ApplicationSource {
  return {
    repoURL: `${FLEET_GIT_URL}/${service}`,
    path: `deploy/overlays/${environment}`,
    targetRevision: 'main',
  };
}

function statusOf(plan: FleetPlan, now: number): ApplicationStatus {
  const { state } = plan;
  const live = BEHIND.includes(state) ? plan.release - 1 : plan.release;
  const history = state === 'new' ? [] : historyOf(plan, live, now);
  return defined({
    resources: resourcesOf(plan),
    sync: syncOf(plan),
    health: {
      status: HEALTH[state],
      lastTransitionTime: timestamp(now - HOUR_MS),
    },
    history: history.length ? history : undefined,
    conditions: conditionsOf(plan, now),
    reconciledAt: timestamp(now - 60_000),
    operationState: state === 'new' ? undefined : operationOf(plan, live, now),
    sourceType: state === 'unknown' ? undefined : 'Kustomize',
    summary: state === 'new' ? {} : { images: fleetImages(plan.service, live) },
    resourceHealthSource: 'appTree',
    controllerNamespace: CONTROL_PLANE,
  });
}

function syncOf(plan: FleetPlan): ApplicationStatus['sync'] {
  const { service, release, state } = plan;
  const comparedTo = {
    source: sourceOf(plan),
    destination: specOf(plan).destination,
  };
  if (state === 'unknown') return { status: 'Unknown', comparedTo };
  return {
    status: BEHIND.includes(state) ? 'OutOfSync' : 'Synced',
    revision: fleetRevision(service, release),
    comparedTo,
  };
}

function historyOf(plan: FleetPlan, live: number, now: number): HistoryEntry[] {
  const source = sourceOf(plan);
  return Array.from({ length: HISTORY }, (_, index) => {
    const age = HISTORY - index;
    const deployedAt = now - age * 26 * HOUR_MS;
    return {
      id: live - age,
      revision: fleetRevision(plan.service, live - age + 1),
      source,
      deployStartedAt: timestamp(deployedAt - SYNC_MS),
      deployedAt: timestamp(deployedAt),
      initiatedBy: { automated: true },
    };
  });
}

function operationOf(
  plan: FleetPlan,
  live: number,
  now: number,
): OperationState {
  const failed = plan.state === 'failed';
  const release = failed ? plan.release : live;
  const revision = fleetRevision(plan.service, release);
  const finishedAt = now - (failed ? HOUR_MS : 26 * HOUR_MS);
  return {
    operation: {
      sync: {
        revision,
        prune: true,
        syncOptions: specOf(plan).syncPolicy?.syncOptions,
      },
      initiatedBy: { automated: true },
      retry: { limit: 5 },
    },
    phase: failed ? 'Failed' : 'Succeeded',
    message: failed
      ? 'one or more objects failed to apply, reason: Deployment.apps is invalid: spec.template.spec.containers[0].image: Required value'
      : 'successfully synced (all tasks run)',
    startedAt: timestamp(finishedAt - SYNC_MS),
    finishedAt: timestamp(finishedAt),
    syncResult: {
      revision,
      source: sourceOf(plan),
      resources: resultsOf(plan, release),
    },
  };
}

function conditionsOf(
  { state, service }: FleetPlan,
  now: number,
): ApplicationStatus['conditions'] {
  const lastTransitionTime = timestamp(now - HOUR_MS);
  if (state === 'unknown') {
    return [
      {
        type: 'ComparisonError',
        message: renderError(service),
        lastTransitionTime,
      },
    ];
  }
  if (state !== 'failed') return undefined;
  return [
    {
      type: 'SyncError',
      message: 'Failed last sync attempt: one or more objects failed to apply',
      lastTransitionTime,
    },
  ];
}

/** What Argo CD says where a service's manifests can't be rendered. */
export function renderError(service: string): string {
  return `Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = \`kustomize build <path to cached source>/deploy/overlays\` failed exit status 1: Error: no resource matches strategic merge patch "Deployment.apps/${service}": no matches for Id`;
}

function resourcesOf(plan: FleetPlan): ResourceStatus[] {
  return fleetManifests(plan, plan.release).map(manifest => ({
    ...identityOf(manifest),
    status: resourceSync(plan, manifest),
  }));
}

function resourceSync(
  plan: FleetPlan,
  manifest: KubeObject,
): ResourceStatus['status'] {
  if (plan.state === 'unknown') return 'Unknown';
  if (plan.state === 'new') return 'OutOfSync';
  const isChanged = isChangedByRelease(manifest.kind, manifest.metadata.name);
  return BEHIND.includes(plan.state) && isChanged ? 'OutOfSync' : 'Synced';
}

function resultsOf(plan: FleetPlan, release: number): ResourceResult[] {
  return fleetManifests(plan, release).map(manifest => ({
    ...identityOf(manifest),
    status: 'Synced',
    message: `${manifest.kind.toLowerCase()}/${manifest.metadata.name} ${
      isChangedByRelease(manifest.kind, manifest.metadata.name)
        ? 'configured'
        : 'unchanged'
    }`,
    hookPhase: 'Running',
    syncPhase: 'Sync',
    ...(manifest.kind === 'Deployment'
      ? { images: fleetImages(plan.service, release) }
      : {}),
  }));
}

function identityOf({ apiVersion, kind, metadata }: KubeObject) {
  const group = groupOf(apiVersion);
  return {
    ...(group ? { group } : {}),
    version: versionOf(apiVersion),
    kind,
    namespace: metadata.namespace ?? '',
    name: metadata.name,
  };
}
