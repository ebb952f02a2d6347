import {
  type AuthService,
  type BackstageCredentials,
  type HttpAuthService,
  type PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { type CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { type SearchResultSet } from '@backstage/plugin-search-common';
import {
  DEPLOYMENT_DOCUMENT,
  type DeploymentDocument,
} from '@callboard/backstage-plugin-gitops-common';
import { type Router } from 'express';
import PromiseRouter from 'express-promise-router';

/**
 * Stands before the search's own route, and takes deployments of entities out of
 * the answer that the caller may not see in the catalog.
 *
 * The search asks for one permission for each type of documents, which is
 * `gitops.deployment.read`. A policy that hides entities may say nothing about
 * their deployments, and what hides an entity has to hide these.
 */
export function createEntityVisibility(options: {
  auth: AuthService;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  catalog: CatalogService;
}): Router {
  const { auth, httpAuth, permissions, catalog } = options;
  const router = PromiseRouter();

  router.get('/query', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    if (
      auth.isPrincipal(credentials, 'service') ||
      (await seesEveryEntity(permissions, credentials))
    ) {
      return 'next';
    }
    const answer = res.json.bind(res);
    res.json = body => {
      withoutHidden(body, { catalog, credentials }).then(answer, error =>
        req.next?.(error),
      );
      return res;
    };
    return 'next';
  });

  return router;
}

async function seesEveryEntity(
  permissions: PermissionsService,
  credentials: BackstageCredentials,
): Promise<boolean> {
  const [decision] = await permissions.authorizeConditional(
    [{ permission: catalogEntityReadPermission }],
    { credentials },
  );
  return decision?.result === AuthorizeResult.ALLOW;
}

async function withoutHidden(
  body: Partial<SearchResultSet>,
  by: { catalog: CatalogService; credentials: BackstageCredentials },
): Promise<unknown> {
  const entityRefs = [...new Set((body.results ?? []).flatMap(entityRefOf))];
  if (!body.results || entityRefs.length === 0) {
    return body;
  }
  const { items } = await by.catalog.getEntitiesByRefs(
    { entityRefs, fields: ['kind', 'metadata.name', 'metadata.namespace'] },
    { credentials: by.credentials },
  );
  const visible = new Set(
    items.flatMap(entity => (entity ? stringifyEntityRef(entity) : [])),
  );
  return {
    ...body,
    results: body.results.filter(result =>
      entityRefOf(result).every(entityRef => visible.has(entityRef)),
    ),
    // It would tell how many there are.
    numberOfResults: undefined,
  };
}

function entityRefOf({
  type,
  document,
}: SearchResultSet['results'][number]): string[] {
  return type === DEPLOYMENT_DOCUMENT
    ? [(document as DeploymentDocument).deployment.entityRef]
    : [];
}
