import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';

/** Of the header in which the portal is told who is there. */
export const PERSON_HEADER = 'x-person';

const authenticator = createProxyAuthenticator({
  defaultProfileTransform: async () => ({ profile: {} }),
  initialize: () => {},
  async authenticate({ req }) {
    return { result: { name: String(req.headers[PERSON_HEADER]) } };
  },
});

/**
 * Signs in whoever comes, as a proxy in front of the portal tells, and all as
 * members of the same teams.
 */
export const anybody = createBackendModule({
  pluginId: 'auth',
  moduleId: 'anybody',
  register(reg) {
    reg.registerInit({
      deps: {
        providers: authProvidersExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ providers, config }) {
        const teams = config.getStringArray('auth.providers.anybody.teams');
        providers.registerProvider({
          providerId: 'anybody',
          factory: createProxyAuthProviderFactory({
            authenticator,
            async signInResolver({ result }, context) {
              const sub = `user:default/${result.name}`;
              const groups = teams.map(team => `group:default/${team}`);
              return context.issueToken({
                claims: { sub, ent: [sub, ...groups] },
              });
            },
          }),
        });
      },
    });
  },
});
