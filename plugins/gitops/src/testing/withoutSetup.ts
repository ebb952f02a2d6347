/**
 * Configuration of an app that is drawn at once. For the page Delivery setup it
 * first asks whether it is there for the user, and `renderTestApp` does not wait.
 */
export const withoutSetup = {
  app: { extensions: [{ 'page:gitops/setup': false }] },
};
