/**
 * Finds services by what of them is deployed where: version, image, environment
 * and state. A module of the search plugin.
 *
 * @packageDocumentation
 */
export { searchModuleGitops as default } from './module';
