import {
  type AuthService,
  type BackstageCredentials,
  coreServices,
  createServiceFactory,
  type DiscoveryService,
  type PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  type ConditionalPolicyDecision,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';

/** A policy: what it says of a permission to whom. */
type Policy = (permission: Permission, userEntityRef: string) => PolicyDecision;

/**
 * Decides as the permission framework does: plugins may everything, policies
 * decide about people, and conditions are applied by the plugin whose they are.
 * Not the framework itself, as that tells people from plugins by tokens that
 * there are none of in tests.
 */
export function permissionsFactory(policy: Policy) {
  return createServiceFactory({
    service: coreServices.permissions,
    deps: { auth: coreServices.auth, discovery: coreServices.discovery },
    factory: (deps): PermissionsService => ({
      authorizeConditional: async (requests, { credentials }) =>
        requests.map(({ permission }) =>
          decide(policy, permission, credentials),
        ),
      authorize: async (requests, { credentials }) =>
        Promise.all(
          requests.map(async ({ permission, resourceRef }) => {
            const decision = decide(policy, permission, credentials);
            return decision.result === AuthorizeResult.CONDITIONAL
              ? { result: await applyConditions(decision, resourceRef, deps) }
              : decision;
          }),
        ),
    }),
  });
}

function decide(
  policy: Policy,
  permission: Permission,
  { principal }: BackstageCredentials,
): PolicyDecision {
  const { userEntityRef } = principal as { userEntityRef?: string };
  return userEntityRef
    ? policy(permission, userEntityRef)
    : { result: AuthorizeResult.ALLOW };
}

async function applyConditions(
  { pluginId, ...decision }: ConditionalPolicyDecision,
  resourceRef: string | undefined,
  deps: { auth: AuthService; discovery: DiscoveryService },
): Promise<AuthorizeResult.ALLOW | AuthorizeResult.DENY> {
  const { auth, discovery } = deps;
  const { token } = await auth.getPluginRequestToken({
    onBehalfOf: await auth.getOwnServiceCredentials(),
    targetPluginId: pluginId,
  });
  const baseUrl = await discovery.getBaseUrl(pluginId);
  const response = await fetch(
    `${baseUrl}/.well-known/backstage/permissions/apply-conditions`,
    {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({ items: [{ id: '1', resourceRef, ...decision }] }),
    },
  );
  const { items } = await response.json();
  return items[0].result;
}
