import { type WriteMode } from '@callboard/backstage-plugin-gitops-common';
import { type Layout } from '../layouts/Layout';

/**
 * The `gitops` block of the configuration, validated.
 *
 * @public
 */
export interface GitopsConfig {
  /** `false` without a `gitops` block: there is nothing to show or to write to. */
  readonly configured: boolean;
  /** In order of promotion. Empty where nothing is configured. */
  readonly environments: readonly EnvironmentConfig[];
  /**
   * Which repositories are services' own: web addresses, `*` stands for any
   * characters but `/`.
   */
  readonly serviceRepositories: readonly string[];
  /**
   * Whose the applications of an AppProject are, by the project's name: entity
   * references, lower case.
   */
  readonly projectOwners: Readonly<Record<string, readonly string[]>>;
  /** Where new service repositories are created. */
  readonly newRepositories?: NewRepositoriesConfig;
  /** The built-in layouts and the declared ones, by name. */
  readonly layouts: Readonly<Record<string, Layout>>;
  /** For how long observations of applications are kept, in milliseconds. */
  readonly observationRetentionMs: number;
  /** For how long the permission framework's word on lists is remembered, in milliseconds; 0: not at all. */
  readonly decisionTtlMs: number;
  /** Shown above every page. */
  readonly banner?: string;
}

/**
 * A stage and where it is kept.
 *
 * @public
 */
export interface EnvironmentConfig {
  readonly name: string;
  /** Web address of the repository that Argo CD watches; no `.git`, no slash at the end. */
  readonly platformRepo: string;
  /** The folder of the environment's `kustomization.yaml` in it. */
  readonly path: string;
  /** How services are registered where nobody says otherwise. */
  readonly layout: Layout;
  /** All that may be asked for; the first is `layout`. */
  readonly layouts: readonly Layout[];
  readonly write: WriteMode;
  /** AppProject of generated Applications. */
  readonly project: string;
  /** Never empty. */
  readonly clusters: readonly ClusterConfig[];
}

/**
 * A cluster of an environment.
 *
 * @public
 */
export interface ClusterConfig {
  readonly name: string;
  /** Name of the Argo CD instance that deploys to it. */
  readonly instance: string;
  /** The folder of its `kustomization.yaml`: its own, else the environment's. */
  readonly path: string;
  /** The cluster's API address as Argo CD knows it. */
  readonly destination: string;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Where new service repositories are created, and their images pushed to.
 *
 * @public
 */
export interface NewRepositoriesConfig {
  /** Of the Git hosting, with its port where it has one: `github.com`. */
  readonly host: string;
  readonly organization: string;
  /** Web address of the organisation. */
  readonly url: string;
  /** Prefix of image names, for example `ghcr.io/acme`. */
  readonly registry: string;
}

/**
 * An Argo CD instance and how to talk to it.
 *
 * @public
 */
export interface ArgocdInstance {
  readonly name: string;
  /** For links that people follow. */
  readonly url: string;
  /** For the backend's own calls; never sent to a browser. */
  readonly apiUrl: string;
  readonly auth:
    | { readonly token: string }
    | { readonly username: string; readonly password: string };
  /** Which applications are asked for; all that the account may see otherwise. */
  readonly scope?: ArgocdScope;
}

/**
 * Applications that Argo CD is asked for; all that is given has to match.
 *
 * @public
 */
export interface ArgocdScope {
  /** Names of AppProjects; any where there are none. */
  readonly projects: readonly string[];
  /** A Kubernetes label selector, of labels of Applications. */
  readonly selector?: string;
}
