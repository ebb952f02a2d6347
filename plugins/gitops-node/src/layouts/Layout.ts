import { type RegistrationKind } from '@callboard/backstage-plugin-gitops-common';

/**
 * A value of a file that a layout writes; its strings may have placeholders.
 *
 * @public
 */
export type LayoutValue =
  | string
  | number
  | boolean
  | null
  | readonly LayoutValue[]
  | { readonly [key: string]: LayoutValue };

/**
 * What a registration changes in the platform repository, for each cluster:
 *
 * - `write-file`: a file that holds nothing else; removed with the registration.
 * - `add-resource`: an entry in a kustomization's `resources`.
 * - `add-build-metadata`: an option of a kustomization's `buildMetadata`. It is
 *   for all that the kustomization builds, and stays when a registration goes.
 *
 * @public
 */
export type LayoutEdit =
  | {
      readonly edit: 'write-file';
      readonly path: string;
      readonly content: { readonly [key: string]: LayoutValue };
    }
  | {
      readonly edit: 'add-resource';
      readonly path: string;
      readonly resource: string;
    }
  | {
      readonly edit: 'add-build-metadata';
      readonly path: string;
      readonly option: string;
    };

/**
 * How service repositories and platform repository are arranged: which files a
 * registration writes, and where an environment's release is kept. A layout is
 * data; strings have placeholders such as `<service>`, listed in the README.
 *
 * @public
 */
export interface Layout {
  readonly name: string;
  readonly kind: RegistrationKind;
  /** `one`: only for environments with a single cluster. */
  readonly clusters: 'any' | 'one';
  /** Name of the Argo CD Application that deploys the service; absent where it has none of its own. */
  readonly application?: string;
  /** Namespace of the service's workloads. */
  readonly namespace: string;
  /** In which order they are written does not matter: they are one commit. */
  readonly registration: readonly LayoutEdit[];
  readonly release: {
    readonly repository: 'service' | 'platform';
    /** The kustomization whose `images` hold the release. */
    readonly path: string;
    /** The image's name in the manifests. */
    readonly image: string;
  };
}
