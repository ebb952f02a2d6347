import { NotImplementedError } from '@backstage/errors';
import { type Router } from 'express';
import PromiseRouter from 'express-promise-router';

const REGISTER =
  'This backend only reads. Services are registered through Git: use the template action gitops:register, or POST /api/gitops/v1/registrations.';
const DEREGISTER =
  'This backend only reads. Registrations are removed through Git: use the template action gitops:deregister, or DELETE /api/gitops/v1/registrations.';
const SYNC =
  'This backend only reads. To sync an application, or to end a sync, use the Deployments tab of its entity, or POST /api/gitops/v1/deployments/<instance>/<namespace>/<application>/sync or /terminate.';

/** What Roadie's backend writes is refused, with what does it here. */
export function createRefusals(): Router {
  const router = PromiseRouter();
  const refuse = (message: string) => () => {
    throw new NotImplementedError(message);
  };
  router.post('/createArgo', refuse(REGISTER));
  router.put('/updateArgo/:name', refuse(REGISTER));
  router.post('/sync', refuse(SYNC));
  router.delete(
    '/argoInstance/:instance/applications/:name',
    refuse(DEREGISTER),
  );
  router.delete(
    '/argoInstance/:instance/applications/:name/operation',
    refuse(SYNC),
  );
  return router;
}
