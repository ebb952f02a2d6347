import {
  type DeploymentHistory,
  type GapReason,
  type HistoryGap,
  type HistoryHealth,
  type HistoryItem,
  type HistoryLife,
  type HistorySync,
  type Revision,
} from '@callboard/backstage-plugin-gitops-common';
import { lookOfHealthStatus, type StatusLook } from './status';

/** Something that happened, as people read it. */
export interface HistoryEntry {
  readonly key: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly look: StatusLook;
  readonly revisions: readonly Revision[];
  /** In short; with the digest left out. */
  readonly images: readonly string[];
  readonly by?: string;
  readonly message?: string;
  /** For a deployment: until when it was the last one; absent where it still is. */
  readonly live?: { readonly from: string; readonly until?: string };
  /** For a gap: when, and why. */
  readonly gap?: Pick<HistoryGap, 'from' | 'to'> & { readonly reason: string };
  /** How many of the same kind in a row this stands for. */
  readonly count: number;
}

const LIVES: Record<HistoryLife['outcome'], StatusLook> = {
  created: { tone: 'neutral', icon: 'done', word: 'Application created' },
  removed: { tone: 'neutral', icon: 'absent', word: 'Application removed' },
};

/** The history, newest first; what repeats itself is one entry. */
export function historyEntries(
  items: readonly HistoryItem[],
): readonly HistoryEntry[] {
  const deployments = items.filter(isDeployment);
  return items.reduce<HistoryEntry[]>((entries, item, at) => {
    const newer = items[at - 1];
    const last = entries.at(-1);
    if (last && newer && isRepair(newer) && isRepair(item)) {
      return [...entries.slice(0, -1), { ...last, count: last.count + 1 }];
    }
    return [
      ...entries,
      entryOf(item, { older: items.slice(at + 1), deployments }),
    ];
  }, []);
}

function entryOf(
  item: HistoryItem,
  others: {
    older: readonly HistoryItem[];
    deployments: readonly HistorySync[];
  },
): HistoryEntry {
  switch (item.kind) {
    case 'sync':
      return ofSync(item, others.deployments);
    case 'health':
      return ofHealth(item, others.older);
    case 'life':
      return { ...plain(item.id, item.at), look: LIVES[item.outcome] };
    case 'gap':
      return ofGap(item);
    default:
      return item satisfies never;
  }
}

function plain(key: string, at: string) {
  return { key, at, revisions: [], images: [], count: 1 };
}

const DEPLOYED: StatusLook = {
  tone: 'positive',
  icon: 'done',
  word: 'Deployed',
};
const IN_PART: StatusLook = {
  tone: 'positive',
  icon: 'done',
  word: 'Synced in part',
};
const REPAIRED: StatusLook = {
  tone: 'neutral',
  icon: 'done',
  word: 'Drift undone',
};
const FAILED: StatusLook = {
  tone: 'negative',
  icon: 'broken',
  word: 'Sync failed',
};

function ofSync(
  item: HistorySync,
  deployments: readonly HistorySync[],
): HistoryEntry {
  const { id, at, revisions, images, by, message } = item;
  const until = deployments[deployments.indexOf(item) - 1]?.at;
  return {
    ...plain(id, at),
    look: lookOfSync(item),
    revisions,
    images: images.map(shortImage),
    ...(by && { by }),
    ...(message && { message }),
    ...(isDeployment(item) && {
      live: { from: at, ...(until && { until }) },
    }),
  };
}

function lookOfSync(item: HistorySync): StatusLook {
  if (item.outcome !== 'succeeded') {
    return FAILED;
  }
  if (isRepair(item)) {
    return REPAIRED;
  }
  return item.partial ? IN_PART : DEPLOYED;
}

/** `ghcr.io/acme/cart:1.0.7@sha256:…` is `cart:1.0.7`. */
function shortImage(image: string): string {
  const [tagged = image, digest] = image.split('@');
  const name = tagged.split('/').at(-1) ?? tagged;
  return digest && !name.includes(':')
    ? `${name}@${digest.replace(/^sha256:/, '').slice(0, 7)}`
    : name;
}

function ofHealth(
  { id, at, status, message }: HistoryHealth,
  older: readonly HistoryItem[],
): HistoryEntry {
  const look = lookOfHealthStatus(status);
  const before = older.find((it): it is HistoryHealth => it.kind === 'health');
  const isRegained =
    status === 'Healthy' &&
    before !== undefined &&
    !['Healthy', 'Suspended'].includes(before.status);
  return {
    ...plain(id, at),
    look: isRegained ? { ...look, word: 'Healthy again' } : look,
    ...(message && { message }),
  };
}

const UNOBSERVED: StatusLook = {
  tone: 'warning',
  icon: 'unknown',
  word: 'Not observed',
};

const REASONS: Record<GapReason, string> = {
  'not-running': 'the portal did not run',
  unreachable: 'Argo CD could not be reached',
  unauthorised: 'Argo CD refused the portal’s credentials',
  limited: 'Argo CD limited how often it may be asked',
  'no-events': 'no events came from Argo CD',
  'not-written': 'the portal’s database took nothing',
};

function ofGap({ id, from, to, reason }: HistoryGap): HistoryEntry {
  return {
    ...plain(id, to ?? from),
    look: UNOBSERVED,
    gap: { from, ...(to && { to }), reason: REASONS[reason] },
  };
}

function isDeployment(item: HistoryItem): item is HistorySync {
  return item.kind === 'sync' && item.outcome === 'succeeded' && !item.partial;
}

/** Argo CD undid what somebody changed in the cluster. */
function isRepair(item: HistoryItem): boolean {
  return (
    item.kind === 'sync' &&
    item.outcome === 'succeeded' &&
    item.partial &&
    item.by === 'auto-sync'
  );
}

/** Pages of a history as one; what there is to say of it is the newest page's. */
export function joinPages(
  pages: readonly DeploymentHistory[],
): DeploymentHistory | undefined {
  const [newest] = pages;
  const ids = new Set<string>();
  // What happens between two answers moves on to the next page.
  const items = pages
    .flatMap(page => page.items)
    .filter(({ id }) => !ids.has(id) && ids.add(id));
  return newest && { ...newest, items };
}
