/**
 * The read routes that Roadie's and the community's Argo CD frontends ask for,
 * answered from what Callboard knows.
 *
 * @packageDocumentation
 */
export { argocdPlugin as default } from './plugin';
