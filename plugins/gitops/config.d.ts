/* eslint-disable tsdoc/syntax -- the visibility tag is for Backstage's configuration schema */
export interface Config {
  gitops?: {
    /**
     * A short text on every page of the portal, for example that nothing in it
     * is real.
     *
     * @visibility frontend
     */
    banner?: string;
  };
}
