import { type Pod, type ReplicaSet } from '../../cluster/Deployment';
import { type KubeObject } from '../../cluster/KubeObject';
import { REVISION } from '../../cluster/rollDeployment';

interface InfoItem {
  name: string;
  value: string;
}

/** What a node of a resource tree says besides its health (`populateNodeInfo` in controller/cache/info.go). */
export function nodeInfo(object: KubeObject): InfoItem[] {
  if (object.kind === 'Pod') return podInfo(object as Pod);
  const revision = (object as ReplicaSet).metadata.annotations?.[REVISION];
  return revision ? [{ name: 'Revision', value: `Rev:${revision}` }] : [];
}

/** Whom a node talks to: a Service by the labels it selects, a pod by those it has. */
export function networkingInfo({ kind, metadata, spec }: KubeObject) {
  if (kind === 'Pod') return { labels: metadata.labels };
  if (kind !== 'Service') return undefined;
  return { targetLabels: (spec as { selector?: object }).selector };
}

/** `populatePodInfo`: restarts are said only where there were some. */
function podInfo(pod: Pod): InfoItem[] {
  const containers = pod.status?.containerStatuses ?? [];
  const restarts = containers.reduce(
    (sum, { restartCount }) => sum + restartCount,
    0,
  );
  const ready = containers.filter(container => container.ready).length;
  return [
    { name: 'Status Reason', value: statusReason(pod) },
    { name: 'Node', value: pod.spec.nodeName ?? '' },
    { name: 'Containers', value: `${ready}/${pod.spec.containers.length}` },
    ...(restarts > 0
      ? [{ name: 'Restart Count', value: String(restarts) }]
      : []),
  ];
}

function statusReason({ metadata, status }: Pod): string {
  if (metadata.deletionTimestamp) return 'Terminating';
  const reasons = (status?.containerStatuses ?? []).flatMap(
    ({ state }) => state.waiting?.reason ?? state.terminated?.reason ?? [],
  );
  return reasons[0] ?? status?.phase ?? 'Pending';
}
