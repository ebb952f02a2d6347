import {
  type EnvironmentConfig,
  type Layout,
} from '@callboard/backstage-plugin-gitops-node';

/** Tells which layouts Argo CD's side does not allow at the moment. */
export interface LayoutRefusals {
  /** Why the layout cannot be used, with what to do; nothing where it can. */
  refusalOf(environment: EnvironmentConfig, layout: Layout): string | undefined;
}
