/** A simulated cluster as Argo CD knows it. */
export interface DemoCluster {
  readonly name: string;
  readonly server: string;
}

/** An environment of the demo organisation, in the order of promotion. */
export interface DemoEnvironment {
  readonly name: string;
  readonly replicas: number;
  readonly clusters: readonly [DemoCluster, ...DemoCluster[]];
}

/** Where Argo CD itself runs, and its Applications live. */
export const IN_CLUSTER: DemoCluster = {
  name: 'in-cluster',
  server: 'https://kubernetes.default.svc',
};

export const DEV_CLUSTER: DemoCluster = cluster('dev');

export const FIRST_ENVIRONMENT: DemoEnvironment = {
  name: 'dev',
  replicas: 1,
  clusters: [DEV_CLUSTER],
};

export const ENVIRONMENTS: readonly DemoEnvironment[] = [
  FIRST_ENVIRONMENT,
  { name: 'staging', replicas: 2, clusters: [cluster('staging')] },
  {
    name: 'production',
    replicas: 3,
    clusters: [cluster('prod-eu1'), cluster('prod-us1')],
  },
];

function cluster(name: string): DemoCluster {
  return { name, server: `https://${name}.k8s.acme.test` };
}
