export { createServiceNames } from './createServiceNames';
export { type ServiceNames } from './ServiceNames';
