import { type LogLine, type Run } from './ContainerRun';
import { type Container, type ContainerStatus, type Pod } from './Deployment';
import { serviceOutput } from './serviceOutput';

/**
 * What a container of a pod wrote.
 *
 * @param options - `previous` asks for the container before the one that is there now
 * @returns a text in the words of the kubelet where there is no log (`validateContainerLogStatus` in pkg/kubelet/kubelet_pods.go)
 */
export function containerLogs(
  pod: Pod,
  options: { container?: string; previous?: boolean; now: number },
): LogLine[] | string {
  const container = choose(pod, options.container);
  if (typeof container === 'string') return container;
  const status = pod.status?.containerStatuses?.find(
    ({ name }) => name === container.name,
  );
  const run = options.previous
    ? previousRun(status, container, pod)
    : currentRun(status, { container, pod, now: options.now });
  return typeof run === 'string' ? run : serviceOutput(run, container, pod);
}

function choose(pod: Pod, name: string | undefined): Container | string {
  const { containers } = pod.spec;
  const [only, ...others] = containers;
  if (!name && only && others.length === 0) return only;
  const names = containers.map(container => container.name).join(' ');
  const podName = pod.metadata.name;
  return (
    containers.find(container => container.name === name) ??
    (name
      ? `container ${name} is not valid for pod ${podName}`
      : `a container name must be specified for pod ${podName}, choose one of: [${names}]`)
  );
}

function previousRun(
  status: ContainerStatus | undefined,
  container: Container,
  pod: Pod,
): Run | string {
  return (
    ended(status?.lastState?.terminated) ??
    `previous terminated container "${container.name}" in pod "${pod.metadata.name}" not found`
  );
}

/** Of a container that waits to be started again it is what the last one wrote. */
function currentRun(
  status: ContainerStatus | undefined,
  { container, pod, now }: { container: Container; pod: Pod; now: number },
): Run | string {
  const { running, terminated, waiting } = status?.state ?? {};
  if (running) {
    return { startedAt: Date.parse(running.startedAt), endedAt: now };
  }
  const run = ended(terminated ?? status?.lastState?.terminated);
  if (run) return run;
  const where = `container "${container.name}" in pod "${pod.metadata.name}"`;
  if (!waiting) return `${where} is not available`;
  const reason =
    waiting.reason === 'ImagePullBackOff'
      ? 'trying and failing to pull image'
      : waiting.reason;
  return `${where} is waiting to start: ${reason}`;
}

function ended(
  terminated: ContainerStatus['state']['terminated'],
): Run | undefined {
  return (
    terminated && {
      startedAt: Date.parse(terminated.startedAt),
      endedAt: Date.parse(terminated.finishedAt),
      exitCode: terminated.exitCode,
    }
  );
}
