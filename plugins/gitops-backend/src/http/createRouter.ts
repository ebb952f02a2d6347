import {
  type AuthService,
  type HttpAuthService,
} from '@backstage/backend-plugin-api';
import { type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { type ActionService } from '../actions/ActionService';
import { type ApplicationService } from '../applicationView/ApplicationService';
import { type DeploymentService } from '../deployments/DeploymentService';
import { type DetailService } from '../details/DetailService';
import { type HistoryService } from '../observations/HistoryService';
import { createRegistrationRoutes } from '../registrations';
import { type RegistrationService } from '../registrations/RegistrationService';
import { type ServiceNames } from '../services';
import { createApplicationRoutes } from './createApplicationRoutes';
import { createDeploymentRoutes } from './createDeploymentRoutes';
import { createDetailRoutes } from './createDetailRoutes';
import { createServiceRoutes } from './createServiceRoutes';

/** Everything under `/api/gitops`. */
export function createRouter(options: {
  auth: AuthService;
  httpAuth: HttpAuthService;
  applications: ApplicationService;
  deployments: DeploymentService;
  details: DetailService;
  history: HistoryService;
  actions: ActionService;
  registrations: RegistrationService;
  serviceNames: ServiceNames;
}): Router {
  const router = PromiseRouter();
  router.use(createDeploymentRoutes(options));
  router.use('/v1/deployments', createDetailRoutes(options));
  router.use('/v1/applications', createApplicationRoutes(options));
  router.use(createServiceRoutes(options));
  router.use('/v1/registrations', createRegistrationRoutes(options));
  return router;
}
