import { type Cluster } from '../../cluster/Cluster';
import { type ResourceRef } from '../../cluster/KubeObject';
import {
  type Application,
  type ApplicationStatus,
  type Operation,
  REFRESH,
} from '../Application';

/** Changes an Application as it is stored now; nothing happens if it is gone. */
export function updateApplication(
  control: Cluster,
  ref: ResourceRef,
  change: (application: Application) => Application,
): Application | undefined {
  const current = control.get(ref) as Application | undefined;
  if (!current) return undefined;
  return control.put(change(current)) as Application;
}

export function withStatus(
  application: Application,
  status: Partial<ApplicationStatus>,
): Application {
  return {
    ...application,
    status: defined({ ...application.status, ...status }),
  };
}

/** Drops what is undefined: Argo CD's JSON never has such fields, and a comparison would see them. */
export function defined<T extends object>(fields: T): T {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as T;
}

/** The Application with an operation to run; the last one's state goes, as in Argo CD. */
export function withOperation(
  application: Application,
  operation: Operation,
): Application {
  return withStatus(
    { ...application, operation },
    { operationState: undefined },
  );
}

export function withRefresh(
  application: Application,
  refresh: 'normal' | 'hard' | undefined,
): Application {
  const { metadata } = application;
  const { [REFRESH]: _, ...others } = metadata.annotations ?? {};
  const annotations = refresh ? { ...others, [REFRESH]: refresh } : others;
  const { annotations: __, ...rest } = metadata;
  return {
    ...application,
    metadata: Object.keys(annotations).length ? { ...rest, annotations } : rest,
  };
}
