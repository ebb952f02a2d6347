import {
  createExternalRouteRef,
  createRouteRef,
} from '@backstage/frontend-plugin-api';

/** The Deployments tab of an entity. */
export const deploymentsRouteRef = createRouteRef();

/** The page that tells how deliveries are set up. */
export const setupRouteRef = createRouteRef();

/** Its list of what does not come together. */
export const unmatchedRouteRef = createRouteRef();

/** A software template's form. */
export const templateRouteRef = createExternalRouteRef({
  params: ['namespace', 'templateName'],
  defaultTarget: 'scaffolder.selectedTemplate',
});
