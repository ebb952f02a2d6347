import { parseEntityRef } from '@backstage/catalog-model';
import { type EnvironmentConfig } from '@callboard/backstage-plugin-gitops-node';
import { type Intent } from './Intent';
import { type PlatformChange, registration, removal } from './PlatformChange';
import { type ServiceRepositories } from './ServiceRepositories';

/**
 * The changes that an intent comes to now: one for a registration, one after
 * the other for a removal.
 *
 * @throws where a registration is no longer possible.
 */
export async function changesOf(
  intent: Intent,
  environment: EnvironmentConfig,
  services: ServiceRepositories,
): Promise<PlatformChange[]> {
  const { entityRef, repository } = intent;
  const { name } = parseEntityRef(entityRef);
  if (intent.workloads) {
    const request = { service: name, entityRef, repository, environment };
    return removal(request, intent);
  }
  // Who asked was allowed to; that the repository may be written is still so?
  const service = {
    entityRef,
    name,
    owners: [],
    repository,
    inCatalog: true,
  };
  const { request } = await services.open(service, environment, false);
  return [registration(request, intent)];
}
