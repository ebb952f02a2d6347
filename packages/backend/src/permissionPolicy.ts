import {
  coreServices,
  createBackendModule,
  type UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  type PermissionPolicy,
  type PolicyQuery,
  type PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import {
  createDeploymentConditionalDecision,
  createRegistrationConditionalDecision,
  deploymentConditions,
  registrationConditions,
} from '@callboard/backstage-plugin-gitops-backend';
import {
  gitopsDeploymentPrunePermission,
  gitopsDeploymentSyncPermission,
  gitopsDeploymentTerminatePermission,
  gitopsRegistrationCreatePermission,
  gitopsRegistrationDeletePermission,
  gitopsSetupReadPermission,
} from '@callboard/backstage-plugin-gitops-common';

const REGISTRATIONS = [
  gitopsRegistrationCreatePermission,
  gitopsRegistrationDeletePermission,
];
const ACTIONS = [
  gitopsDeploymentSyncPermission,
  gitopsDeploymentPrunePermission,
  gitopsDeploymentTerminatePermission,
];

/** The team that looks after the portal. */
const PLATFORM_TEAM = 'group:default/platform';

/**
 * People change what they own, and the platform team sees how everything is set
 * up. Everything else is allowed.
 */
class OwnersChange implements PermissionPolicy {
  readonly #userInfo: UserInfoService;
  // The questions of one request come with the same user, and each answer of
  // the user info service costs a call.
  readonly #claims = new WeakMap<
    PolicyQueryUser,
    Promise<{ claims: string[] }>
  >();

  constructor(userInfo: UserInfoService) {
    this.#userInfo = userInfo;
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const action = ACTIONS.find(({ name }) => name === permission.name);
    const registration = REGISTRATIONS.find(
      ({ name }) => name === permission.name,
    );
    if (action) {
      return createDeploymentConditionalDecision(
        action,
        deploymentConditions.isEntityOwner(await this.#claimsOf(user)),
      );
    }
    if (registration) {
      return createRegistrationConditionalDecision(
        registration,
        registrationConditions.isEntityOwner(await this.#claimsOf(user)),
      );
    }
    if (permission.name === gitopsSetupReadPermission.name) {
      const { claims } = await this.#claimsOf(user);
      return {
        result: claims.includes(PLATFORM_TEAM)
          ? AuthorizeResult.ALLOW
          : AuthorizeResult.DENY,
      };
    }
    return { result: AuthorizeResult.ALLOW };
  }

  /** Nobody in particular owns nothing. */
  async #claimsOf(user?: PolicyQueryUser): Promise<{ claims: string[] }> {
    if (!user) {
      return { claims: [] };
    }
    const claims = this.#claims.get(user) ?? this.#readClaims(user);
    this.#claims.set(user, claims);
    return claims;
  }

  async #readClaims(user: PolicyQueryUser): Promise<{ claims: string[] }> {
    const info = await this.#userInfo.getUserInfo(user.credentials);
    return { claims: info.ownershipEntityRefs };
  }
}

/** The portal's permission policy. */
export const permissionPolicy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'owners-change',
  register(reg) {
    reg.registerInit({
      deps: {
        policy: policyExtensionPoint,
        userInfo: coreServices.userInfo,
      },
      async init({ policy, userInfo }) {
        policy.setPolicy(new OwnersChange(userInfo));
      },
    });
  },
});
