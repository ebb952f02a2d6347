export { addBuildMetadata } from './addBuildMetadata';
export { addResource } from './addResource';
export { hasResource, readResources } from './readResources';
export { removeResource } from './removeResource';
export { sameResource } from './sameResource';
export {
  type ImageChange,
  type KustomizationImage,
  readImage,
  setImage,
} from './setImage';
export { setVersionLabel } from './setVersionLabel';
