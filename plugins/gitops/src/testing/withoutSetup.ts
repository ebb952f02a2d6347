/**
 * Configuration of an app that is drawn at once. For the page Delivery setup it
 * first asks whether it is there for the user, and `renderTestApp` does not wait.
 */
export const withoutSetup = {
  app: {
    baseUrl: 'http://localhost:3000',
    extensions: [{ 'page:gitops/setup': false }],
  },
  backend: { baseUrl: 'http://localhost:7007' },
};
