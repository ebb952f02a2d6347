import {
  type AuditorService,
  type HttpAuthService,
} from '@backstage/backend-plugin-api';
import { type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { type DeploymentService } from '../deployments/DeploymentService';
import { createRegistrationRoutes } from '../registrations';
import { type RegistrationService } from '../registrations/RegistrationService';
import { type ServiceNames } from '../services';
import { createDeploymentRoutes } from './createDeploymentRoutes';
import { createServiceRoutes } from './createServiceRoutes';

/** Everything under `/api/gitops`. */
export function createRouter(options: {
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  deployments: DeploymentService;
  registrations: RegistrationService;
  serviceNames: ServiceNames;
}): Router {
  const router = PromiseRouter();
  router.use(createDeploymentRoutes(options));
  router.use(createServiceRoutes(options));
  router.use('/v1/registrations', createRegistrationRoutes(options));
  return router;
}
