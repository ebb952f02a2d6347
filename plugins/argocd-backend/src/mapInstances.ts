import { type ArgocdApplication } from '@callboard/backstage-plugin-gitops-common';

/** An instance, and what was found on it. */
interface FoundInstance {
  readonly name: string;
  readonly url: string;
  readonly appName: readonly string[];
  readonly applications?: readonly ArgocdApplication[];
}

/**
 * On which instances applications are.
 *
 * @param expand - whether to answer the applications, too.
 */
export function mapInstances(
  applications: readonly ArgocdApplication[],
  { expand }: { expand: boolean },
): FoundInstance[] {
  const instances = new Map(
    applications.map(({ metadata: { instance } }) => [instance.name, instance]),
  );
  return [...instances.values()].map(({ name, url }) => {
    const here = applications.filter(
      ({ metadata }) => metadata.instance.name === name,
    );
    return {
      name,
      url,
      appName: [...new Set(here.map(({ metadata }) => metadata.name))],
      ...(expand && { applications: here }),
    };
  });
}
