import { type Application, projectOf } from './Application';
import { type KnownClusters } from './Clusters';
import { cronMatches } from './cronMatches';
import { matchesGlob } from './matchesGlob';

export interface SyncWindow {
  kind: 'allow' | 'deny';
  /** Five cron fields. */
  schedule: string;
  /** Such as `1h30m`. */
  duration: string;
  applications?: string[];
  namespaces?: string[];
  clusters?: string[];
  manualSync?: boolean;
  timeZone?: string;
}

interface SyncWindows {
  assigned: SyncWindow[];
  active: SyncWindow[];
  /** Whether a person may sync now. */
  canSync: boolean;
  /** Whether automated sync may. */
  canAutoSync: boolean;
}

/** The windows of the project that are meant for an application, and what they allow now. */
export function windowsOf(
  application: Application,
  clusters: KnownClusters,
  now: Date,
): SyncWindows {
  const windows = clusters.project(projectOf(application))?.spec.syncWindows;
  const assigned = ((windows ?? []) as SyncWindow[]).filter(window =>
    isAssigned(window, application, clusters),
  );
  const active = assigned.filter(window => isActive(window, now));
  return {
    assigned,
    active,
    canSync: maySync(assigned, active, true),
    canAutoSync: maySync(assigned, active, false),
  };
}

function isAssigned(
  window: SyncWindow,
  application: Application,
  clusters: KnownClusters,
): boolean {
  const { destination } = application.spec;
  const cluster = clusters.find(destination);
  const among = (globs: string[] | undefined, values: (string | undefined)[]) =>
    !!globs?.some(glob =>
      values.some(value => value !== undefined && matchesGlob(glob, value)),
    );
  return (
    among(window.applications, [application.metadata.name]) ||
    among(window.namespaces, [destination.namespace]) ||
    among(window.clusters, [cluster?.server, cluster?.name])
  );
}

/** `CanSync` of Argo CD: active denies first, then active allows, then allows that are closed now. */
function maySync(
  assigned: readonly SyncWindow[],
  active: readonly SyncWindow[],
  manual: boolean,
): boolean {
  const manually = (windows: readonly SyncWindow[]) =>
    manual && windows.every(({ manualSync }) => manualSync);
  const denies = active.filter(({ kind }) => kind === 'deny');
  if (denies.length) return manually(denies);
  if (active.some(({ kind }) => kind === 'allow')) return true;
  const closed = assigned.filter(({ kind }) => kind === 'allow');
  return closed.length === 0 || manually(closed);
}

function isActive(window: SyncWindow, now: Date): boolean {
  const minutes = durationMinutes(window.duration);
  for (let ago = 0; ago < minutes; ago++) {
    const at = new Date(now.getTime() - ago * 60_000);
    if (cronMatches(window.schedule, at, window.timeZone ?? 'UTC')) return true;
  }
  return false;
}

function durationMinutes(text: string): number {
  const [, hours = '0', minutes = '0'] =
    /^(?:(\d+)h)?(?:(\d+)m)?(?:\d+s)?$/.exec(text) ?? [];
  return Number(hours) * 60 + Number(minutes);
}
