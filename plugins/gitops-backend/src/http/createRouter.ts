import { type HttpAuthService } from '@backstage/backend-plugin-api';
import express, { type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { type DeploymentService } from '../deployments/DeploymentService';
import { createDeploymentRoutes } from './createDeploymentRoutes';

/** Everything under `/api/gitops`. */
export function createRouter(options: {
  httpAuth: HttpAuthService;
  deployments: DeploymentService;
}): Router {
  const router = PromiseRouter();
  router.use(express.json());
  router.use(createDeploymentRoutes(options));
  return router;
}
