import {
  type SyncWindow,
  type SyncWindowList,
} from '@callboard/backstage-plugin-gitops-common';

/** Whether a deployment may be synced, and until or from when. */
interface WindowsView {
  /** `manual`: by people, but not by Argo CD on its own. */
  readonly state: 'open' | 'manual' | 'closed';
  /** A sentence; followed by the time `at`, where that is known. */
  readonly words: string;
  /** ISO 8601, UTC. */
  readonly at?: string;
  /** The zone that the window is written in. */
  readonly timeZone?: string;
}

/**
 * What the windows mean now. Argo CD's rule: a deny window that is active
 * closes; where there are allow windows, one of them has to be active.
 */
export function describeWindows(
  { canSync, items }: SyncWindowList,
  place: string,
): WindowsView {
  const closed = isClosedForArgoCd(items);
  if (!closed && canSync) {
    return describeOpen(items, place);
  }
  const change = whenItOpens(items);
  if (canSync) {
    return {
      state: 'manual',
      words: change
        ? `People may sync ${place} now; Argo CD syncs it on its own again`
        : `People may sync ${place} now; Argo CD does not sync it on its own.`,
      ...moment(change),
    };
  }
  return {
    state: 'closed',
    words: change
      ? `${capital(place)} may be synced again`
      : `${capital(place)} may not be synced now: its sync window is closed.`,
    ...moment(change),
  };
}

/** What one window does, in a sentence. */
export function describeWindow(window: SyncWindow): string {
  const verb = window.kind === 'allow' ? 'Allows' : 'Denies';
  const manual = window.manualSync ? ' People may sync all the same.' : '';
  const zone = window.timeZone ?? 'time zone not known';
  return `${verb} syncs for ${window.duration}, at “${window.schedule}” (${zone}).${manual}`;
}

function describeOpen(
  items: readonly SyncWindow[],
  place: string,
): WindowsView {
  if (items.length === 0) {
    return {
      state: 'open',
      words: `${capital(place)} may be synced at any time.`,
    };
  }
  const change = whenItCloses(items);
  return {
    state: 'open',
    words: change
      ? `${capital(place)} may be synced until`
      : `${capital(place)} may be synced now.`,
    ...moment(change),
  };
}

function isClosedForArgoCd(items: readonly SyncWindow[]): boolean {
  const allows = items.filter(({ kind }) => kind === 'allow');
  return (
    items.some(({ kind, isActive }) => kind === 'deny' && isActive) ||
    (allows.length > 0 && !allows.some(({ isActive }) => isActive))
  );
}

/** All windows that deny have to end; one that allows is enough. */
function whenItOpens(items: readonly SyncWindow[]): SyncWindow | undefined {
  if (!areTimesKnown(items)) {
    return undefined;
  }
  const denying = items.filter(it => it.kind === 'deny' && it.isActive);
  return denying.length > 0
    ? byChange(denying).at(-1)
    : byChange(items.filter(it => it.kind === 'allow' && !it.isActive))[0];
}

/** The first window that denies, or the end of the last one that allows. */
function whenItCloses(items: readonly SyncWindow[]): SyncWindow | undefined {
  if (!areTimesKnown(items)) {
    return undefined;
  }
  const deny = byChange(items.filter(it => it.kind === 'deny'))[0];
  const allow = byChange(
    items.filter(it => it.kind === 'allow' && it.isActive),
  ).at(-1);
  return byChange([deny, allow].flatMap(it => it ?? []))[0];
}

/** One of which nobody knows when it changes could be the one that decides. */
function areTimesKnown(items: readonly SyncWindow[]): boolean {
  return items.every(({ timeZone }) => timeZone !== undefined);
}

function byChange(items: readonly SyncWindow[]): readonly SyncWindow[] {
  return items
    .filter(({ changesAt }) => changesAt !== undefined)
    .sort((a, b) => (a.changesAt ?? '').localeCompare(b.changesAt ?? ''));
}

function moment(
  window: SyncWindow | undefined,
): Pick<WindowsView, 'at' | 'timeZone'> {
  return window ? { at: window.changesAt, timeZone: window.timeZone } : {};
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
