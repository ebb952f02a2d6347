/**
 * Configuration of an app that is drawn at once. With permissions it first asks
 * which of the pages there are for the user, and `renderTestApp` does not wait.
 */
export const withoutPermissions = {
  app: { extensions: [{ 'api:app/permission': false }] },
};
