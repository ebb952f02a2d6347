import { type HttpAuthService } from '@backstage/backend-plugin-api';
import { type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod/v4';
import { type ApplicationService } from '../applicationView/ApplicationService';
import { parseLabelSelector } from '../applications/labelSelector';
import { isKubernetesName } from '../argocd/kubernetesNames';
import { type ApplicationQuery } from '../deployments/ApplicationFinder';
import { parsePart } from './parsePart';

const kubernetesName = z
  .string()
  .refine(
    isKubernetesName,
    'has to be the name of a Kubernetes object: lower-case letters, digits, hyphens and dots',
  );
const instance = z.string().min(1).max(253);
const address = z.string().min(1).max(1_000);

const listQuery = z
  .strictObject({
    instance: instance.optional(),
    namespace: kubernetesName.optional(),
    project: kubernetesName.optional(),
    name: kubernetesName.optional(),
    selector: z
      .string()
      .refine(
        text => parseLabelSelector(text) !== undefined,
        'has to be a label selector, for example team=cart',
      )
      .optional(),
    repo: address.optional(),
    path: address.optional(),
  })
  .refine(
    ({ instance: at, name, selector }) => at || name || selector,
    'needs instance, name or selector',
  )
  .refine(
    ({ repo, path }) => (repo === undefined) === (path === undefined),
    'has to have repo and path, or neither',
  );

const revisionQuery = z.strictObject({
  instance,
  namespace: kubernetesName.optional(),
  name: kubernetesName,
  revision: z.string().regex(/^[\w.:+-]{1,128}$/, 'has to be a revision'),
});

/** `GET /v1/applications`, and `/revision` below it. */
export function createApplicationRoutes(options: {
  httpAuth: HttpAuthService;
  applications: ApplicationService;
}): Router {
  const { httpAuth, applications } = options;
  const router = PromiseRouter();

  router.get('/', async (req, res) => {
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    const query = parsePart(listQuery, req.query, 'query');
    res.json(await applications.list(toQuery(query), credentials));
  });

  router.get('/revision', async (req, res) => {
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    const wanted = parsePart(revisionQuery, req.query, 'query');
    res.json(await applications.revision(wanted, credentials));
  });

  return router;
}

function toQuery({
  repo,
  path,
  ...query
}: z.output<typeof listQuery>): ApplicationQuery {
  return repo !== undefined && path !== undefined
    ? { ...query, source: { repo, path } }
    : query;
}
