import { createHash } from 'node:crypto';
import {
  type Condition,
  type ContainerStatus,
  type Pod,
  type PodTemplate,
} from './Deployment';
import { type KubeObject, timestamp } from './KubeObject';
import {
  type BornPod,
  type RolloutRules,
  type RolloutStep,
} from './RolloutView';
import { lacksImage, pendingStatus } from './podStatus';

export interface Job extends KubeObject {
  spec: { template: PodTemplate; [field: string]: unknown };
  status?: { conditions?: Condition[]; [field: string]: unknown };
}

interface JobView {
  job: Job;
  pod?: BornPod;
}

/** The next step of a Job: it has one pod, and what becomes of that becomes of the Job. */
export function runJob(
  { job, pod }: JobView,
  rules: RolloutRules & { jobFails: boolean },
): RolloutStep {
  if (job.status?.conditions?.length) return { put: [], remove: [] };
  if (!pod) return { put: [podOf(job, rules.nodes)], remove: [] };
  const doneAt = pod.bornAt + rules.readyAfterMs;
  if (lacksImage(pod, rules) || rules.now < doneAt) {
    return {
      put: changed(pod.object, pendingStatus(pod, rules)),
      remove: [],
      wakeAt: Math.max(doneAt, rules.now + 1_000),
    };
  }
  const outcome = { failed: rules.jobFails, doneAt };
  return {
    put: [
      { ...pod.object, status: podOutcome(pod, outcome) },
      { ...job, status: jobOutcome(pod, outcome) },
    ],
    remove: [],
  };
}

interface Outcome {
  failed: boolean;
  doneAt: number;
}

function podOf(job: Job, nodes: readonly string[]): Pod {
  const { name, namespace, uid = '' } = job.metadata;
  const digest = createHash('sha256').update(uid).digest();
  const { apiVersion, kind } = job;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${name}-${digest.toString('hex').slice(0, 5)}`,
      namespace,
      labels: {
        ...job.spec.template.metadata?.labels,
        'batch.kubernetes.io/job-name': name,
      },
      ownerReferences: [
        {
          apiVersion,
          kind,
          name,
          uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: {
      ...job.spec.template.spec,
      nodeName: nodes[(digest[0] ?? 0) % nodes.length],
    },
    status: { phase: 'Pending' },
  };
}

function changed(pod: Pod, status: Pod['status']): Pod[] {
  const isSame = JSON.stringify(pod.status) === JSON.stringify(status);
  return isSame ? [] : [{ ...pod, status }];
}

function podOutcome(
  { object, bornAt }: BornPod,
  { failed, doneAt }: Outcome,
): Pod['status'] {
  return {
    phase: failed ? 'Failed' : 'Succeeded',
    conditions: [{ type: 'Ready', status: 'False' }],
    startTime: timestamp(bornAt),
    containerStatuses: containers(object, {
      terminated: {
        exitCode: failed ? 1 : 0,
        reason: failed ? 'Error' : 'Completed',
        startedAt: timestamp(bornAt),
        finishedAt: timestamp(doneAt),
      },
    }),
  };
}

function jobOutcome(
  { bornAt }: BornPod,
  { failed, doneAt }: Outcome,
): Job['status'] {
  const lastTransitionTime = timestamp(doneAt);
  const condition: Condition = failed
    ? {
        type: 'Failed',
        status: 'True',
        reason: 'BackoffLimitExceeded',
        message: 'Job has reached the specified backoff limit',
        lastTransitionTime,
      }
    : {
        type: 'Complete',
        status: 'True',
        reason: 'CompletionsReached',
        message: 'Reached expected number of succeeded pods',
        lastTransitionTime,
      };
  return {
    startTime: timestamp(bornAt),
    ...(failed
      ? { failed: 1 }
      : { succeeded: 1, completionTime: lastTransitionTime }),
    conditions: [condition],
  };
}

function containers(
  pod: Pod,
  state: ContainerStatus['state'],
): ContainerStatus[] {
  return pod.spec.containers.map(({ name, image }) => ({
    name,
    image,
    ready: false,
    restartCount: 0,
    state,
  }));
}
