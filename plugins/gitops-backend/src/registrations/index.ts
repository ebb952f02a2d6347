export { createRegistrationRoutes } from './createRegistrationRoutes';
export { createRegistrationService } from './createRegistrationService';
export { type LiveFinalizer } from './LiveFinalizers';
export {
  addRegistrationPermissions,
  createRegistrationConditionalDecision,
  registrationConditions,
  type RegistrationQuery,
  type RegistrationResource,
  registrationResourceRef,
} from './registrationPermissions';
