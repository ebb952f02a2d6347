import {
  type Deployment,
  type HealthStatus,
  type SyncStatus,
  type WaitingRelease,
  waitsForFirstBuild,
} from '@callboard/backstage-plugin-gitops-common';

/** How good or bad something is; decides on the colour, never alone. */
export type Tone =
  | 'positive'
  | 'announcement'
  | 'warning'
  | 'negative'
  | 'neutral';

export type StatusIcon =
  | 'done'
  | 'moving'
  | 'waiting'
  | 'attention'
  | 'broken'
  | 'paused'
  | 'unknown'
  | 'absent';

/** A status as people see it: icon, word and colour. */
export interface StatusLook {
  readonly tone: Tone;
  readonly icon: StatusIcon;
  readonly word: string;
}

const HEALTH: Record<HealthStatus, StatusLook> = {
  Healthy: { tone: 'positive', icon: 'done', word: 'Healthy' },
  Progressing: { tone: 'announcement', icon: 'moving', word: 'Progressing' },
  Suspended: { tone: 'announcement', icon: 'paused', word: 'Suspended' },
  Degraded: { tone: 'negative', icon: 'broken', word: 'Degraded' },
  Missing: { tone: 'warning', icon: 'attention', word: 'Missing' },
  Unknown: { tone: 'neutral', icon: 'unknown', word: 'Unknown' },
};

const SYNC: Record<SyncStatus, StatusLook> = {
  Synced: { tone: 'positive', icon: 'done', word: 'Synced' },
  OutOfSync: { tone: 'warning', icon: 'attention', word: 'Out of sync' },
  Unknown: { tone: 'neutral', icon: 'unknown', word: 'Unknown' },
};

/** A deployment's health. Without a first image nothing can be healthy, and nothing is wrong. */
export function lookOfHealth(deployment: Deployment): StatusLook {
  const look = HEALTH[deployment.health.status];
  return waitsForFirstBuild(deployment) && look.tone !== 'positive'
    ? { ...look, tone: 'neutral', icon: 'waiting' }
    : look;
}

/** A version that is built, but waits for a person. */
export function lookOfRelease({ version }: WaitingRelease): StatusLook {
  return {
    tone: 'announcement',
    icon: 'waiting',
    word: `${version ? shortVersion(version) : 'A release'} waits to be merged`,
  };
}

/** A version whose tag is, or contains, a commit is too long to read. */
export function shortVersion(version: string): string {
  return version.replace(/[0-9a-f]{40}/g, sha => sha.slice(0, 7));
}

/** A deployment's sync status. One that Argo CD could not work out is a trouble if it says why. */
export function lookOfSync(deployment: Deployment): StatusLook {
  const { status, message } = deployment.sync;
  return status === 'Unknown' && message
    ? { ...SYNC.Unknown, tone: 'negative', icon: 'broken' }
    : SYNC[status];
}

/** Of a row that may be wrong. */
export const APPROXIMATE: StatusLook = {
  tone: 'warning',
  icon: 'attention',
  word: 'Approximate',
};

/** The health of one resource. */
export function lookOfHealthStatus(status: HealthStatus): StatusLook {
  return HEALTH[status];
}

/** Whether one resource is as Git has it. */
export function lookOfSyncStatus(status: SyncStatus): StatusLook {
  return SYNC[status];
}
