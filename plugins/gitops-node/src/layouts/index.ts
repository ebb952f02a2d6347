export { builtInLayouts } from './builtInLayouts';
export { type FileEdit } from './FileEdit';
export { type Layout, type LayoutEdit, type LayoutValue } from './Layout';
export {
  type DeregistrationPlan,
  type DeregistrationStep,
  planDeregistration,
} from './planDeregistration';
export {
  type PlannedApplication,
  planRegistration,
  type RegistrationPlan,
  remoteBaseNotes,
} from './planRegistration';
export {
  type FoundRegistration,
  readRegistration,
  registrationPaths,
} from './readRegistration';
export { type RegistrationRequest } from './registrationRequest';
export { releasePlaces, type ReleasePlace } from './releasePlaces';
export { serviceOfNamespace } from './serviceOfNamespace';
