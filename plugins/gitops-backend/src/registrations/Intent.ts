import { type WorkloadsOnRemoval } from '@callboard/backstage-plugin-gitops-common';
import { z } from 'zod/v4';

/**
 * What somebody wants to happen to a service's registration. It is written into
 * the trailers of the commit, from where an open proposal can be made again.
 */
export interface Intent {
  readonly entityRef: string;
  readonly environment: string;
  /** Web address of the service repository. */
  readonly repository: string;
  /** Entity reference of the person. */
  readonly by: string;
  /** Name of the layout, where it is not the environment's first. */
  readonly layout?: string;
  /** Absent for a registration; what becomes of the workloads for a removal. */
  readonly workloads?: WorkloadsOnRemoval;
}

/** The trailers that tell it. */
export function trailersOf(intent: Intent): Record<string, string> {
  return {
    [intent.workloads ? 'Deregistered-by' : 'Registered-by']: intent.by,
    Entity: intent.entityRef,
    Environment: intent.environment,
    'Service-repository': intent.repository,
    ...(intent.layout && { Layout: intent.layout }),
    ...(intent.workloads && { Workloads: intent.workloads }),
  };
}

const shared = {
  Entity: z.string().min(1),
  Environment: z.string().min(1),
  'Service-repository': z.string().min(1),
};
const trailers = z.union([
  z.object({
    ...shared,
    'Registered-by': z.string().min(1),
    Layout: z.string().min(1).optional(),
  }),
  z.object({
    ...shared,
    'Deregistered-by': z.string().min(1),
    Workloads: z.enum(['keep', 'delete']),
  }),
]);

/** The intent in a commit's trailers, if they tell one. */
export function readIntent(
  read: Readonly<Record<string, string>>,
): Intent | undefined {
  const { data } = trailers.safeParse(read);
  if (!data) {
    return undefined;
  }
  const removal = 'Deregistered-by' in data;
  return {
    entityRef: data.Entity,
    environment: data.Environment,
    repository: data['Service-repository'],
    by: removal ? data['Deregistered-by'] : data['Registered-by'],
    ...(removal
      ? { workloads: data.Workloads }
      : data.Layout && { layout: data.Layout }),
  };
}
