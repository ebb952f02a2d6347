export { catalogWithDeployments } from './catalogPlugin';
