import {
  type Deployment,
  isReady,
  type Pod,
  type ReplicaSet,
} from '../cluster/Deployment';
import { groupOf, type KubeObject } from '../cluster/KubeObject';
import { type Job } from '../cluster/runJob';
import { type Health, type HealthCode } from './Application';

/** From best to worst, as gitops-engine orders them. */
const ORDER: readonly HealthCode[] = [
  'Healthy',
  'Suspended',
  'Progressing',
  'Missing',
  'Degraded',
  'Unknown',
];

const CHECKS = new Map<string, (object: KubeObject) => Health>([
  ['apps/Deployment', object => deploymentHealth(object as Deployment)],
  ['apps/ReplicaSet', object => replicaSetHealth(object as ReplicaSet)],
  ['batch/Job', object => jobHealth(object as Job)],
  ['/Pod', object => podHealth(object as Pod)],
  ['/Service', healthy],
  ['/PersistentVolumeClaim', healthy],
  ['networking.k8s.io/Ingress', healthy],
  ['autoscaling/HorizontalPodAutoscaler', healthy],
]);

/**
 * The health of one live object in Argo CD's words; undefined for kinds that
 * have none (a ConfigMap, a child Application).
 */
export function healthOf(object: KubeObject): Health | undefined {
  if (object.metadata.deletionTimestamp) {
    return { status: 'Progressing', message: 'Pending deletion' };
  }
  return checkOf(object)?.(object);
}

/** Whether objects of this kind have a health; those that don't are not missed either. */
export function hasHealth(object: KubeObject): boolean {
  return checkOf(object) !== undefined;
}

/** The worst of the given healths. */
export function worstHealth(codes: readonly HealthCode[]): HealthCode {
  return codes.reduce<HealthCode>(
    (worst, code) =>
      ORDER.indexOf(code) > ORDER.indexOf(worst) ? code : worst,
    'Healthy',
  );
}

function checkOf(object: KubeObject) {
  return CHECKS.get(`${groupOf(object.apiVersion)}/${object.kind}`);
}

function healthy(): Health {
  return { status: 'Healthy' };
}

function deploymentHealth({ metadata, spec, status = {} }: Deployment): Health {
  if (spec.paused) {
    return { status: 'Suspended', message: 'Deployment is paused' };
  }
  if ((metadata.generation ?? 0) > (status.observedGeneration ?? 0)) {
    return progressing(
      'Waiting for rollout to finish: observed deployment generation less than desired generation',
    );
  }
  const { replicas = 0, updatedReplicas: updated = 0 } = status;
  const { availableReplicas: available = 0 } = status;
  if (
    status.conditions?.some(
      ({ reason }) => reason === 'ProgressDeadlineExceeded',
    )
  ) {
    return {
      status: 'Degraded',
      message: `Deployment "${metadata.name}" exceeded its progress deadline`,
    };
  }
  const wanted = spec.replicas ?? 1;
  if (updated < wanted) {
    return progressing(
      `Waiting for rollout to finish: ${updated} out of ${wanted} new replicas have been updated...`,
    );
  }
  if (replicas > updated) {
    return progressing(
      `Waiting for rollout to finish: ${
        replicas - updated
      } old replicas are pending termination...`,
    );
  }
  return available < updated
    ? progressing(
        `Waiting for rollout to finish: ${available} of ${updated} updated replicas are available...`,
      )
    : { status: 'Healthy' };
}

function replicaSetHealth({ spec, status = {} }: ReplicaSet): Health {
  const available = status.availableReplicas ?? 0;
  return available < spec.replicas
    ? progressing(
        `Waiting for rollout to finish: ${available} out of ${spec.replicas} new replicas are available...`,
      )
    : { status: 'Healthy' };
}

/** `getCorev1PodHealth` of gitops-engine's pkg/health/health_pod.go. */
function podHealth(pod: Pod): Health {
  if (pod.status?.phase === 'Succeeded') return { status: 'Healthy' };
  if (pod.status?.phase === 'Failed') return failedPod(pod);
  const containers = pod.status?.containerStatuses ?? [];
  const stuck = containers
    .flatMap(({ state }) => state.waiting ?? [])
    .find(({ reason }) => /^Err|Error$|BackOff$/.test(reason));
  if (stuck) return { status: 'Degraded', message: stuck.message };
  if (pod.status?.phase !== 'Running') return progressing(undefined);
  if (isReady(pod)) return { status: 'Healthy' };
  return containers.some(({ lastState }) => lastState)
    ? { status: 'Degraded' }
    : progressing(undefined);
}

function failedPod({ status }: Pod): Health {
  const [failed] = (status?.containerStatuses ?? []).flatMap(
    ({ name, state: { terminated } }) =>
      terminated?.exitCode
        ? `container "${name}" failed with exit code ${terminated.exitCode}`
        : [],
  );
  return { status: 'Degraded', ...(failed ? { message: failed } : {}) };
}

/** `getBatchv1JobHealth` of gitops-engine's pkg/health/health_job.go. */
function jobHealth({ status }: Job): Health {
  const [condition] = status?.conditions ?? [];
  if (!condition) return progressing(undefined);
  const { message, type } = condition;
  return { status: type === 'Failed' ? 'Degraded' : 'Healthy', message };
}

function progressing(message: string | undefined): Health {
  return { status: 'Progressing', ...(message ? { message } : {}) };
}
