/** What a person enters at least into "Create new microservice". */
export const ANSWERS = {
  name: 'hello',
  description: 'Says hello',
  owner: 'group:default/storefront',
  language: 'nodejs',
  port: 8080,
  replicasDev: 1,
  replicasStaging: 1,
  replicasProduction: 2,
};

/** What `gitops:inspect` says where there is no such repository yet. */
export const ABSENT = {
  state: 'absent',
  create: true,
  push: true,
  repoUrl: 'localhost:7080?owner=acme&repo=hello',
  remoteUrl: 'http://localhost:7080/acme/hello.git',
  webUrl: 'http://localhost:7080/acme/hello',
  host: 'localhost:7080',
  organization: 'acme',
  registry: 'ghcr.io/acme',
  defaultBranch: 'main',
  environment: 'dev',
  entityRef: 'component:default/hello',
};

/** The environments that the skeleton has an overlay for. */
export const ENVIRONMENTS = ['dev', 'staging', 'production'] as const;
