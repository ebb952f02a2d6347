import {
  type SyncWindow,
  type SyncWindowList,
} from '@callboard/backstage-plugin-gitops-common';
import { CronTime } from 'cron';
import {
  type ArgoProjectWindow,
  type ArgoSyncWindow,
  type ArgoSyncWindows,
} from '../argocd/detailSchema';
import { type Told, whyUntold } from './Told';

/** So many starts of a window may lie within its own duration. */
const MOST_OVERLAPS = 1_000;

/**
 * Translates the windows of an application's project, with the time at which
 * each opens or closes next.
 *
 * @param ofProject - which alone tell in which time zone windows are; what is
 *   not among them has a time zone that is not known.
 */
export function mapSyncWindows(
  windows: ArgoSyncWindows,
  ofProject: Told<readonly ArgoProjectWindow[]>,
  now: Date,
): SyncWindowList {
  const active = (windows.activeWindows ?? []).map(keyOf);
  return {
    canSync: windows.canSync ?? true,
    items: (windows.assignedWindows ?? []).map(window => {
      const isActive = active.includes(keyOf(window));
      return mapWindow(window, {
        isActive,
        timeZone: timeZoneOf(window, ofProject.value ?? []),
        now,
      });
    }),
    ...(ofProject.failure && {
      incomplete: `In which time zone these windows are could not be read: ${whyUntold(
        ofProject.failure,
      )}`,
    }),
  };
}

/** Windows that differ in nothing else can be in several time zones. */
function timeZoneOf(
  window: ArgoSyncWindow,
  ofProject: readonly ArgoProjectWindow[],
): string | undefined {
  const zones = new Set(
    ofProject
      .filter(other => keyOf(other) === keyOf(window))
      .map(({ timeZone }) => timeZone || 'UTC'),
  );
  const [zone] = zones;
  return zones.size === 1 ? zone : undefined;
}

function mapWindow(
  window: ArgoSyncWindow,
  facts: { isActive: boolean; timeZone: string | undefined; now: Date },
): SyncWindow {
  const { schedule, duration, manualSync } = window;
  const { isActive, timeZone, now } = facts;
  const changesAt = timeZone && nextChange(window, { isActive, timeZone, now });
  return {
    kind: window.kind === 'deny' ? 'deny' : 'allow',
    schedule: schedule ?? '',
    duration: duration ?? '',
    ...(timeZone && { timeZone }),
    manualSync: manualSync ?? false,
    isActive,
    ...(changesAt && { changesAt }),
  };
}

/**
 * A window is open from each time of its schedule on, for its duration. Nothing
 * where Argo CD's schedule or duration cannot be read.
 */
function nextChange(
  { schedule, duration }: ArgoSyncWindow,
  facts: { isActive: boolean; timeZone: string; now: Date },
): string | undefined {
  const { isActive, timeZone, now } = facts;
  const length = parseDuration(duration ?? '');
  try {
    const times = new CronTime(schedule ?? '', timeZone);
    const next = (after: number) =>
      times.getNextDateFrom(new Date(after), timeZone).toMillis();
    const at = now.getTime();
    if (!isActive) {
      return toIso(next(at));
    }
    let start = next(at - length);
    for (let look = 0; length > 0 && look < MOST_OVERLAPS; look += 1) {
      const following = next(start);
      if (following > start + length) {
        return toIso(start + length);
      }
      start = following;
    }
    return undefined;
  } catch {
    return undefined;
  }
}

function toIso(time: number): string {
  return new Date(time).toISOString();
}

/** A duration as Go writes it, such as `1h30m`, in milliseconds. */
function parseDuration(text: string): number {
  const [, hours = '0', minutes = '0', seconds = '0'] =
    /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text) ?? [];
  return (
    ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000
  );
}

function keyOf(window: ArgoSyncWindow): string {
  const { kind, schedule, duration, manualSync } = window;
  return JSON.stringify([kind, schedule, duration, manualSync ?? false]);
}
