import { type HttpAuthService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod/v4';
import { type DeploymentService } from '../deployments/DeploymentService';
import { readEntityRef } from './readEntityRef';

const deploymentsQuery = z.strictObject({
  entityRef: z.string().min(1).max(1_000),
});

/** `GET /v1/environments` and `GET /v1/deployments?entityRef=`. */
export function createDeploymentRoutes(options: {
  httpAuth: HttpAuthService;
  deployments: DeploymentService;
}): Router {
  const { httpAuth, deployments } = options;
  const router = PromiseRouter();

  router.get('/v1/environments', async (req, res) => {
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    res.json(await deployments.listEnvironments(credentials));
  });

  router.get('/v1/deployments', async (req, res) => {
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    const entityRef = readQuery(req.query);
    res.json(await deployments.listDeployments(entityRef, credentials));
  });

  return router;
}

function readQuery(query: unknown): string {
  const { data, error } = deploymentsQuery.safeParse(query);
  if (!data) {
    throw new InputError(
      `The query needs entityRef, and nothing else: ${z.prettifyError(error)}`,
    );
  }
  return readEntityRef(data.entityRef);
}
