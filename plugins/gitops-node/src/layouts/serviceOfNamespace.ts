import { type EnvironmentConfig } from '../config/GitopsConfig';
import { fill } from './placeholders';

/** Stands for the service; no name of Kubernetes has it. */
const SERVICE = '<>';

/**
 * Which service a namespace is made for, by the environment's layout:
 * `cart-dev` is that of `cart`, where it says `<service>-<environment>`.
 *
 * @returns nothing for a namespace that the layout would not give to a service.
 *
 * @public
 */
export function serviceOfNamespace(
  { name, layout, clusters }: EnvironmentConfig,
  namespace: string,
): string | undefined {
  for (const cluster of clusters) {
    const template = fill(layout.namespace, {
      service: SERVICE,
      environment: name,
      cluster: cluster.name,
    });
    const [before, after, ...more] = template.split(SERVICE);
    if (before !== undefined && after !== undefined && more.length === 0) {
      const service = namespace.slice(
        before.length,
        namespace.length - after.length,
      );
      if (service && namespace === `${before}${service}${after}`) {
        return service;
      }
    }
  }
  return undefined;
}
