import { stringifyEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  ADD_TO_ENVIRONMENT,
  prefilled,
} from '../presentation/addToEnvironment';
import { templateRouteRef } from '../routes';

/**
 * The address of the form that registers the entity on the page for an
 * environment; nothing where the portal has no templates.
 */
export function useAddLink(environment: string): string | undefined {
  const { entity } = useEntity();
  const form = useRouteRef(templateRouteRef)?.(ADD_TO_ENVIRONMENT);
  return form === undefined
    ? undefined
    : form + prefilled({ entityRef: stringifyEntityRef(entity), environment });
}
