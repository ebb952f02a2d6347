import { type Deployment } from '../cluster/Deployment';
import { type KubeObject, timestamp } from '../cluster/KubeObject';

/** What somebody can do to a Deployment with `kubectl`, telling nobody. */
const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';

export function isDeployment(object: KubeObject): object is Deployment {
  return object.kind === 'Deployment';
}

/** The Deployment after `kubectl scale`: drift. */
export function scaled(deployment: Deployment): Deployment {
  const replicas = (deployment.spec.replicas ?? 1) + 1;
  return { ...deployment, spec: { ...deployment.spec, replicas } };
}

/**
 * The Deployment after `kubectl rollout restart`: new pods take the place of
 * all. Git does not speak of the annotation, so that it is no drift.
 *
 * @param now - in milliseconds since the epoch
 */
export function restarted(deployment: Deployment, now: number): Deployment {
  const { template } = deployment.spec;
  const annotations = {
    ...template.metadata?.annotations,
    [RESTARTED_AT]: timestamp(now),
  };
  return {
    ...deployment,
    spec: {
      ...deployment.spec,
      template: {
        ...template,
        metadata: { ...template.metadata, annotations },
      },
    },
  };
}
