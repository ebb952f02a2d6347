import { waitsForFirstBuild } from '@callboard/backstage-plugin-gitops-common';
import { type ClusterRow, type EnvironmentView } from './environments';
import {
  lookOfHealth,
  lookOfRelease,
  lookOfSync,
  type StatusLook,
  type Tone,
} from './status';
import { versionOf, versionText } from './version';

/** An environment in a few words, for the card. */
export interface EnvironmentSummary {
  readonly name: string;
  readonly clusters: number;
  /** One version where all clusters run the same. */
  readonly versions: readonly string[];
  readonly health?: StatusLook;
  readonly sync?: StatusLook;
  /** When the newest change went live. */
  readonly since?: string;
  /** Instead of the facts, where there are none. */
  readonly note?: StatusLook;
}

const WORST_FIRST: readonly Tone[] = [
  'negative',
  'warning',
  'announcement',
  'neutral',
  'positive',
];

const NOTES = {
  'not-registered': {
    tone: 'neutral',
    icon: 'absent',
    word: 'Not registered',
  },
  proposed: {
    tone: 'announcement',
    icon: 'waiting',
    word: 'Pull request open',
  },
  removing: {
    tone: 'announcement',
    icon: 'waiting',
    word: 'Being removed',
  },
  'awaiting-application': {
    tone: 'announcement',
    icon: 'waiting',
    word: 'Waits for Argo CD',
  },
  'first-build': {
    tone: 'announcement',
    icon: 'waiting',
    word: 'Waits for its first build',
  },
} as const satisfies Record<string, StatusLook>;

const UNKNOWN: StatusLook = {
  tone: 'neutral',
  icon: 'unknown',
  word: 'Not known',
};

export function summariseEnvironment(
  view: EnvironmentView,
): EnvironmentSummary {
  if (view.group === 'previews') {
    return summarisePreviews(view);
  }
  const { name, notice, release, rows } = view;
  const deployments = rows.flatMap(({ deployment }) => deployment ?? []);
  const clusters = view.environment?.clusters.length ?? rows.length;
  if (deployments.length === 0) {
    const note = notice ? NOTES[notice] : UNKNOWN;
    return { name, clusters, versions: [], note };
  }
  if (deployments.every(waitsForFirstBuild)) {
    const note = release ? lookOfRelease(release) : NOTES['first-build'];
    return { name, clusters, versions: [], note };
  }
  return {
    name,
    clusters,
    versions: [...new Set(deployments.map(it => versionText(versionOf(it))))],
    health: worst(rows, lookOfHealth),
    sync: worst(rows, lookOfSync),
    since: deployments
      .flatMap(({ since }) => since ?? [])
      .sort()
      .at(-1),
    ...(notice && notice !== 'first-build' && { note: NOTES[notice] }),
  };
}

/** How many there are: each has a version of its own. */
function summarisePreviews({
  name,
  rows,
}: EnvironmentView): EnvironmentSummary {
  const versions = [
    rows.length === 1 ? '1 pull request' : `${rows.length} pull requests`,
  ];
  const health = worst(rows, lookOfHealth);
  const sync = worst(rows, lookOfSync);
  return { name, clusters: 1, versions, health, sync };
}

/** The worst status of all, with how many share it where not all do. */
function worst(
  rows: readonly ClusterRow[],
  lookOf: (deployment: NonNullable<ClusterRow['deployment']>) => StatusLook,
): StatusLook | undefined {
  const looks = rows.flatMap(({ deployment }) =>
    deployment ? lookOf(deployment) : [],
  );
  const tone = WORST_FIRST.find(it => looks.some(look => look.tone === it));
  const look = looks.find(it => it.tone === tone);
  const sharing = looks.filter(it => it.word === look?.word).length;
  return look && sharing < looks.length
    ? { ...look, word: `${sharing} of ${looks.length} ${look.word}` }
    : look;
}
