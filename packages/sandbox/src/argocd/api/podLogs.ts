import { type Cluster } from '../../cluster/Cluster';
import { type LogLine } from '../../cluster/ContainerRun';
import { type Pod } from '../../cluster/Deployment';
import { type KubeObject, refOf, timestamp } from '../../cluster/KubeObject';
import { containerLogs } from '../../cluster/containerLogs';
import { type Managed } from './managedResources';

/** What is asked of logs, as Argo CD's query names it. */
export interface LogQuery {
  podName?: string;
  namespace?: string;
  group?: string;
  kind?: string;
  resourceName?: string;
  container?: string;
  tailLines: number;
  sinceSeconds: number;
  previous: boolean;
  /** A leading `!` means lines without it. */
  filter: string;
  matchCase: boolean;
}

/** `LogEntry` of server/application/application.proto; Go writes a time that is none as null. */
interface LogEntry {
  content: string;
  timeStamp: string | null;
  timeStampStr: string;
  podName: string;
  last: boolean;
}

/** Pods that were meant themselves, or that something came from that was meant (`getSelectedPods`). */
export function selectedPods(
  { resources, cluster }: Managed,
  query: LogQuery,
): Pod[] {
  const visit = (object: KubeObject, chosen: boolean): Pod[] => {
    const isMeant = chosen || matches(object, query);
    return [
      ...(isMeant && object.kind === 'Pod' ? [object as Pod] : []),
      ...cluster.ownedBy(object).flatMap(child => visit(child, isMeant)),
    ];
  };
  return resources.flatMap(({ live }) => (live ? visit(live, false) : []));
}

/** The entries of all these pods, by time. A pod without a log says why in its place. */
export function logEntries(
  pods: readonly Pod[],
  query: LogQuery,
  world: { now: number; connectionError?: string },
): LogEntry[] {
  const entries = pods.flatMap(pod => {
    const lines =
      world.connectionError ?? containerLogs(pod, { ...query, now: world.now });
    return typeof lines === 'string'
      ? [{ at: 0, entry: reasonEntry(lines) }]
      : lines
          .filter(({ at }) => isRecent(at, query, world.now))
          .slice(query.tailLines > 0 ? -query.tailLines : 0)
          .map(line => ({ at: line.at, entry: lineEntry(line, pod) }));
  });
  return entries
    .sort((a, b) => a.at - b.at)
    .map(({ entry }) => entry)
    .filter(({ content }) => passes(content, query));
}

/** What ends every log. */
export function lastEntry(now: number): LogEntry {
  return { ...lineEntry({ at: now, text: '' }), last: true };
}

/** Pods as they are now; those that are gone are left out. */
export function stillThere(pods: readonly Pod[], cluster: Cluster): Pod[] {
  return pods.flatMap(pod => {
    const now = cluster.get(refOf(pod));
    return now?.metadata.uid === pod.metadata.uid ? [now as Pod] : [];
  });
}

function matches(object: KubeObject, query: LogQuery): boolean {
  const { group, kind, namespace, name } = refOf(object);
  if (query.podName) return kind === 'Pod' && name === query.podName;
  return (
    (!query.resourceName || name === query.resourceName) &&
    (!query.kind || kind === query.kind) &&
    (!query.group || group === query.group) &&
    (!query.namespace || namespace === query.namespace)
  );
}

function isRecent(
  at: number,
  { sinceSeconds }: LogQuery,
  now: number,
): boolean {
  return sinceSeconds <= 0 || at >= now - sinceSeconds * 1000;
}

function passes(content: string, { filter, matchCase }: LogQuery): boolean {
  if (filter === '') return true;
  const fold = (text: string) => (matchCase ? text : text.toLowerCase());
  const inverse = filter.startsWith('!');
  const wanted = inverse ? filter.slice(1) : filter;
  return fold(content).includes(fold(wanted)) !== inverse;
}

function lineEntry({ at, text }: LogLine, pod?: Pod): LogEntry {
  return {
    content: text,
    timeStamp: timestamp(at),
    timeStampStr: new Date(at).toISOString(),
    podName: pod?.metadata.name ?? '',
    last: false,
  };
}

/** What Kubernetes answered instead of a log. */
function reasonEntry(reason: string): LogEntry {
  return {
    content: reason,
    timeStamp: null,
    timeStampStr: '0001-01-01T00:00:00Z',
    podName: '',
    last: false,
  };
}
