import { type Deployment, type PodTemplate } from './Deployment';
import { type KubeObject } from './KubeObject';

/**
 * Fills in what an API server would, just enough that nobody sees an object
 * without the fields that real ones always have.
 */
export function applyDefaults(object: KubeObject): KubeObject {
  switch (object.kind) {
    case 'Deployment':
      return deploymentDefaults(object as Deployment);
    case 'Service':
      return serviceDefaults(object);
    case 'Secret':
      return secretDefaults(object);
    case 'Namespace':
      return {
        ...object,
        spec: { finalizers: ['kubernetes'] },
        status: { phase: 'Active' },
      };
    default:
      return object;
  }
}

function deploymentDefaults(deployment: Deployment): Deployment {
  return {
    ...deployment,
    spec: {
      progressDeadlineSeconds: 600,
      replicas: 1,
      revisionHistoryLimit: 10,
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' },
      },
      ...deployment.spec,
      template: templateDefaults(deployment.spec.template),
    },
  };
}

function templateDefaults(template: PodTemplate): PodTemplate {
  return {
    ...template,
    spec: {
      dnsPolicy: 'ClusterFirst',
      restartPolicy: 'Always',
      schedulerName: 'default-scheduler',
      terminationGracePeriodSeconds: 30,
      ...template.spec,
      containers: template.spec.containers.map(container => ({
        imagePullPolicy: 'IfNotPresent',
        terminationMessagePath: '/dev/termination-log',
        terminationMessagePolicy: 'File',
        ...container,
      })),
    },
  };
}

/** `stringData` is for writing only: what is read is `data`. */
function secretDefaults({ stringData, ...secret }: KubeObject): KubeObject {
  const written = Object.entries((stringData ?? {}) as Record<string, string>);
  const data = {
    ...(secret.data as object | undefined),
    ...Object.fromEntries(
      written.map(([key, text]) => [key, Buffer.from(text).toString('base64')]),
    ),
  };
  return { type: 'Opaque', ...secret, data } as KubeObject;
}

function serviceDefaults(service: KubeObject): KubeObject {
  const spec = service.spec as { ports?: Record<string, unknown>[] };
  return {
    ...service,
    spec: {
      type: 'ClusterIP',
      sessionAffinity: 'None',
      internalTrafficPolicy: 'Cluster',
      ...spec,
      ...(spec.ports && {
        ports: spec.ports.map(port => ({
          protocol: 'TCP',
          targetPort: port.port,
          ...port,
        })),
      }),
    },
    status: { loadBalancer: {} },
  };
}
