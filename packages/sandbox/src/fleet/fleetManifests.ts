import { type KubeObject } from '../cluster/KubeObject';
import { type FleetPlan } from './FleetPlan';
import { fleetVersion } from './fleetRevision';

/** What a service's folder renders to for one environment: a dozen objects, as kustomize would put them out. */
export function fleetManifests(plan: FleetPlan, release: number): KubeObject[] {
  const { service } = plan;
  return [
    object('v1 ServiceAccount', service),
    object('v1 ConfigMap', `${service}-config`, {
      data: {
        RELEASE: fleetVersion(release),
        ENVIRONMENT: plan.environment,
        LOG_LEVEL: 'info',
      },
    }),
    object('v1 ConfigMap', `${service}-dashboards`, {
      data: { 'overview.json': '{"panels":[]}' },
    }),
    object('v1 Service', service, {
      spec: {
        selector: labelsOf(plan),
        ports: [{ name: 'http', port: 80, targetPort: 8080 }],
      },
    }),
    deployment(plan, release),
    ...access(service),
    ...traffic(plan),
  ].map(each => ({
    ...each,
    metadata: {
      ...each.metadata,
      namespace: plan.namespace,
      labels: labelsOf(plan),
    },
  }));
}

/** Whether every release makes another object of it. */
export function isChangedByRelease(kind: string, name: string): boolean {
  return (
    kind === 'Deployment' || (kind === 'ConfigMap' && name.endsWith('-config'))
  );
}

/** The images of a release, as the pods run them. */
export function fleetImages(service: string, release: number): string[] {
  return [
    `ghcr.io/acme/${service}:${fleetVersion(release)}`,
    'quay.io/acme/statsd-exporter:v0.26.1',
  ];
}

function deployment(plan: FleetPlan, release: number): KubeObject {
  const { service, state } = plan;
  const [image, exporter] = fleetImages(service, release);
  return object('apps/v1 Deployment', service, {
    spec: {
      replicas: plan.environment === 'production' ? 3 : 1,
      ...(state === 'suspended' ? { paused: true } : {}),
      selector: { matchLabels: labelsOf(plan) },
      template: {
        metadata: { labels: labelsOf(plan) },
        spec: {
          serviceAccountName: service,
          containers: [
            {
              name: service,
              image,
              ports: [{ name: 'http', containerPort: 8080 }],
              envFrom: [{ configMapRef: { name: `${service}-config` } }],
              resources: {
                requests: { cpu: '100m', memory: '256Mi' },
                limits: { memory: '1Gi' },
              },
            },
            { name: 'metrics', image: exporter },
          ],
        },
      },
    },
  });
}

function access(service: string): KubeObject[] {
  const name = `${service}-reader`;
  return [
    object('rbac.authorization.k8s.io/v1 Role', name, {
      rules: [
        { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list'] },
      ],
    }),
    object('rbac.authorization.k8s.io/v1 RoleBinding', name, {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name: service }],
    }),
  ];
}

function traffic(plan: FleetPlan): KubeObject[] {
  const { service } = plan;
  const host = `${service}.${plan.cluster.name}.fleet.test`;
  return [
    object('networking.k8s.io/v1 Ingress', service, {
      spec: { ingressClassName: 'nginx', rules: [{ host }] },
    }),
    object('networking.k8s.io/v1 NetworkPolicy', service, {
      spec: {
        podSelector: { matchLabels: labelsOf(plan) },
        policyTypes: ['Ingress'],
      },
    }),
    object('policy/v1 PodDisruptionBudget', service, {
      spec: { maxUnavailable: 1, selector: { matchLabels: labelsOf(plan) } },
    }),
    object('autoscaling/v2 HorizontalPodAutoscaler', service, {
      spec: {
        minReplicas: 1,
        maxReplicas: 6,
        scaleTargetRef: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: service,
        },
      },
    }),
    object('monitoring.coreos.com/v1 ServiceMonitor', service, {
      spec: {
        selector: { matchLabels: labelsOf(plan) },
        endpoints: [{ port: 'http', interval: '30s' }],
      },
    }),
  ];
}

function labelsOf({ service, team }: FleetPlan): Record<string, string> {
  return {
    'app.kubernetes.io/name': service,
    'app.kubernetes.io/part-of': service.split('-')[0] ?? service,
    'acme.test/team': team,
  };
}

/** @param type - `apps/v1 Deployment` */
function object(type: string, name: string, rest: object = {}): KubeObject {
  const [apiVersion = '', kind = ''] = type.split(' ');
  return { apiVersion, kind, metadata: { name }, ...rest };
}
