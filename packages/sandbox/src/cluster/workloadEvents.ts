import { type ClusterEvent } from './Cluster';
import { type ContainerStatus, type Pod, type ReplicaSet } from './Deployment';
import { type Happening, involved, type InvolvedObject } from './EventRecorder';
import { type KubeObject } from './KubeObject';

interface WorkloadEvent {
  about: InvolvedObject;
  happening: Happening;
}

const SCHEDULER = { component: 'default-scheduler' };

/** What controllers, scheduler and kubelet tell about a change, in their words. */
export function workloadEvents(change: ClusterEvent): WorkloadEvent[] {
  switch (change.object.kind) {
    case 'ReplicaSet':
      return scaling(change);
    case 'Pod':
      return [...podLife(change), ...containerLives(change)];
    default:
      return [];
  }
}

function scaling({ type, before, object }: ClusterEvent): WorkloadEvent[] {
  const from = (before as ReplicaSet | undefined)?.spec.replicas ?? 0;
  const to = (object as ReplicaSet).spec.replicas;
  const about = ownerOf(object);
  if (!about || type === 'DELETED' || from === to) return [];
  const way = to > from ? 'up' : 'down';
  const message = `Scaled ${way} replica set ${object.metadata.name} from ${from} to ${to}`;
  const source = { component: 'deployment-controller' };
  return [{ about, happening: normal('ScalingReplicaSet', message, source) }];
}

function podLife({ type, object }: ClusterEvent): WorkloadEvent[] {
  const pod = object as Pod;
  const { name, namespace } = pod.metadata;
  const owner = ownerOf(pod);
  const tell = (reason: string, message: string): WorkloadEvent[] => {
    if (!owner) return [];
    const source = { component: `${owner.kind.toLowerCase()}-controller` };
    return [{ about: owner, happening: normal(reason, message, source) }];
  };
  if (type === 'ADDED') {
    const message = `Successfully assigned ${namespace}/${name} to ${nodeOf(
      pod,
    )}`;
    return [
      ...tell('SuccessfulCreate', `Created pod: ${name}`),
      {
        about: involved(pod),
        happening: normal('Scheduled', message, SCHEDULER),
      },
    ];
  }
  if (type === 'MODIFIED') return [];
  return [
    ...tell('SuccessfulDelete', `Deleted pod: ${name}`),
    ...pod.spec.containers.map(container => ({
      about: involved(pod),
      happening: normal(
        'Killing',
        `Stopping container ${container.name}`,
        kubelet(pod),
      ),
    })),
  ];
}

function containerLives({
  type,
  before,
  object,
}: ClusterEvent): WorkloadEvent[] {
  if (type !== 'MODIFIED') return [];
  const pod = object as Pod;
  const old = (before as Pod | undefined)?.status?.containerStatuses ?? [];
  return (pod.status?.containerStatuses ?? [])
    .filter(status => {
      const earlier = old.find(({ name }) => name === status.name);
      return stateOf(earlier) !== stateOf(status);
    })
    .flatMap(status => containerEvents(status, pod))
    .map(happening => ({ about: involved(pod), happening }));
}

function containerEvents(status: ContainerStatus, pod: Pod): Happening[] {
  const { image, name } = status;
  const source = kubelet(pod);
  switch (stateOf(status)) {
    case 'running':
      return [
        normal(
          'Pulled',
          `Container image "${image}" already present on machine`,
          source,
        ),
        normal('Created', `Created container: ${name}`, source),
        normal('Started', `Started container ${name}`, source),
      ];
    case 'ImagePullBackOff':
      return pullFailure(image, source);
    case 'CrashLoopBackOff': {
      const { metadata } = pod;
      const message = `Back-off restarting failed container ${name} in pod ${metadata.name}_${metadata.namespace}(${metadata.uid})`;
      return [warning('BackOff', message, source)];
    }
    default:
      return [];
  }
}

/** As containerd tells that a registry does not know an image. */
function pullFailure(image: string, source: Happening['source']): Happening[] {
  const reason = `failed to resolve reference "${image}": ${image}: not found`;
  return [
    normal('Pulling', `Pulling image "${image}"`, source),
    warning(
      'Failed',
      `Failed to pull image "${image}": rpc error: code = NotFound desc = failed to pull and unpack image "${image}": ${reason}`,
      source,
    ),
    warning('Failed', 'Error: ErrImagePull', source),
    normal('BackOff', `Back-off pulling image "${image}"`, source),
    warning('Failed', 'Error: ImagePullBackOff', source),
  ];
}

function stateOf(status: ContainerStatus | undefined): string {
  const { running, terminated, waiting } = status?.state ?? {};
  if (running) return 'running';
  return terminated?.reason ?? waiting?.reason ?? '';
}

function ownerOf({ metadata }: KubeObject): InvolvedObject | undefined {
  const owner = metadata.ownerReferences?.[0];
  if (!owner) return undefined;
  const { apiVersion, kind, name, uid } = owner;
  return { apiVersion, kind, name, namespace: metadata.namespace, uid };
}

function nodeOf(pod: Pod): string {
  return pod.spec.nodeName ?? '';
}

function kubelet(pod: Pod): Happening['source'] {
  return { component: 'kubelet', host: nodeOf(pod) };
}

function normal(
  reason: string,
  message: string,
  source: Happening['source'],
): Happening {
  return { type: 'Normal', reason, message, source };
}

function warning(
  reason: string,
  message: string,
  source: Happening['source'],
): Happening {
  return { type: 'Warning', reason, message, source };
}
