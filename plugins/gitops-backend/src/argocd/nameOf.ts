import { type ResourceName } from '@callboard/backstage-plugin-gitops-common';

/** The name of a resource as Argo CD tells it, where what is empty is absent. */
export function nameOf(resource: {
  group?: string | null;
  kind?: string | null;
  namespace?: string | null;
  name?: string | null;
}): ResourceName {
  return {
    group: resource.group ?? '',
    kind: resource.kind ?? '',
    namespace: resource.namespace ?? '',
    name: resource.name ?? '',
  };
}

/** The same text for the same resource. */
export function keyOf({ group, kind, namespace, name }: ResourceName): string {
  return [group, kind, namespace, name].join('/');
}
