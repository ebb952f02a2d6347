import { ServiceUnavailableError } from '@backstage/errors';
import { type Router } from 'express';
import PromiseRouter from 'express-promise-router';

/** Tells every caller which keys of the configuration are missing. */
export function createUnconfiguredRouter(missing: readonly string[]): Router {
  const router = PromiseRouter();
  router.use('/v1', () => {
    throw new ServiceUnavailableError(
      `Deployments are not configured: ${missing.join(
        ' and ',
      )} missing in the backend's configuration. The README of @callboard/backstage-plugin-gitops-backend shows what to add.`,
    );
  });
  return router;
}
