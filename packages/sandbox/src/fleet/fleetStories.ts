import {
  type Application,
  type Health,
  type Operation,
  type ResourceResult,
  type ResourceStatus,
  sourceOf,
} from '../argocd/Application';
import { finishedOperation } from '../argocd/controller/finishedOperation';
import {
  withOperation,
  withStatus,
} from '../argocd/controller/updateApplication';
import { timestamp } from '../cluster/KubeObject';
import { SERVICE_LABEL } from './fleetApplication';
import { fleetImages, isChangedByRelease } from './fleetManifests';
import { releaseOf } from './fleetRevision';

/**
 * What happens to applications, a step at a time, as Argo CD's controller would
 * write it. Every step gives the Application as it is after it.
 */
export type Step = (application: Application, now: number) => Application;

/** Argo CD looked and found nothing new: by far the most frequent. */
export const look: Step = (application, now) =>
  withStatus(application, { reconciledAt: timestamp(now) });

const AUTOMATED = { automated: true };

/** A new commit is found, synced and comes up. */
export function deployStory(revision: string): Step[] {
  return [
    foundCommit(revision),
    startSync({ sync: { revision, prune: true }, initiatedBy: AUTOMATED }),
    synced,
    cameUp,
  ];
}

/** What runs breaks, and recovers. */
export const BREAKDOWN: readonly Step[] = [
  health('Degraded'),
  health('Healthy'),
];

/** What follows when somebody has put an operation on the Application. */
export const SYNC_STORY: readonly Step[] = [running, synced, cameUp];

/** Sets the health, and since when. */
export function health(status: Health['status']): Step {
  return (application, now) =>
    withStatus(application, {
      health: { status, lastTransitionTime: timestamp(now) },
      reconciledAt: timestamp(now),
    });
}

function foundCommit(revision: string): Step {
  return (application, now) =>
    withStatus(application, {
      sync: {
        comparedTo: { destination: application.spec.destination },
        ...application.status?.sync,
        status: 'OutOfSync',
        revision,
      },
      resources: withSync(application, 'OutOfSync'),
      reconciledAt: timestamp(now),
    });
}

/** Puts the operation on the Application and begins it: nobody else has to. */
function startSync(operation: Operation): Step {
  return (application, now) =>
    running(withOperation(application, operation), now);
}

function running(application: Application, now: number): Application {
  const { operation = {} } = application;
  return withStatus(application, {
    operationState: {
      operation,
      phase: 'Running',
      message: 'one or more tasks are running',
      startedAt: timestamp(now),
      syncResult: { source: sourceOf(application) },
    },
  });
}

function synced(application: Application, now: number): Application {
  const { sync, operationState } = application.status ?? {};
  const revision = operationState?.operation.sync?.revision ?? sync?.revision;
  const finished = finishedOperation(
    application,
    {
      phase: 'Succeeded',
      message: 'successfully synced (all tasks run)',
      syncResult: {
        source: sourceOf(application),
        revision,
        resources: resultsOf(application),
      },
    },
    now,
  );
  // Something older than what Git asks for leaves it out of sync.
  const isWanted = revision === sync?.revision;
  return withStatus(finished, {
    sync: {
      comparedTo: { destination: application.spec.destination },
      ...sync,
      status: isWanted ? 'Synced' : 'OutOfSync',
    },
    resources: withSync(application, isWanted ? 'Synced' : 'OutOfSync'),
    summary: { images: imagesAt(application, revision) },
    health: { status: 'Progressing', lastTransitionTime: timestamp(now) },
    reconciledAt: timestamp(now),
  });
}

function cameUp(application: Application, now: number): Application {
  return health('Healthy')(application, now);
}

function withSync(
  { status }: Application,
  sync: 'Synced' | 'OutOfSync',
): ResourceStatus[] {
  return (status?.resources ?? []).map(resource =>
    isChangedByRelease(resource.kind, resource.name)
      ? { ...resource, status: sync }
      : { ...resource, status: 'Synced' },
  );
}

function resultsOf({ status }: Application): ResourceResult[] {
  return (status?.resources ?? []).map(resource => {
    const {
      health: _,
      syncWave: __,
      requiresPruning: ___,
      ...identity
    } = resource;
    const { kind, name } = resource;
    return {
      ...identity,
      status: 'Synced',
      message: `${kind.toLowerCase()}/${name} ${
        isChangedByRelease(kind, name) ? 'configured' : 'unchanged'
      }`,
      hookPhase: 'Running',
      syncPhase: 'Sync',
    };
  });
}

function imagesAt(
  { metadata, status }: Application,
  revision: string | undefined,
): string[] | undefined {
  const service = metadata.labels?.[SERVICE_LABEL] ?? '';
  const release = releaseOf(service, revision ?? '');
  return release === undefined
    ? status?.summary?.images
    : fleetImages(service, release);
}
