import { type Deployment } from '../cluster/Deployment';
import { type KubeObject } from '../cluster/KubeObject';

/** Whether drift can be made of this object. */
export function canDrift({ kind }: KubeObject): boolean {
  return kind === 'Deployment';
}

/** The Deployment as after `kubectl scale` by somebody who told nobody. */
export function drifted(object: KubeObject): Deployment {
  const deployment = object as Deployment;
  const replicas = (deployment.spec.replicas ?? 1) + 1;
  return { ...deployment, spec: { ...deployment.spec, replicas } };
}
