import {
  coreServices,
  createBackendModule,
  type UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  isPermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  type PermissionPolicy,
  type PolicyQuery,
  type PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import {
  createRegistrationConditionalDecision,
  registrationConditions,
} from '@callboard/backstage-plugin-gitops-backend';
import {
  gitopsRegistrationCreatePermission,
  gitopsRegistrationDeletePermission,
} from '@callboard/backstage-plugin-gitops-common';

/** People register and remove what they own. Everything else is allowed. */
class OwnersRegister implements PermissionPolicy {
  readonly #userInfo: UserInfoService;

  constructor(userInfo: UserInfoService) {
    this.#userInfo = userInfo;
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const changesRegistration =
      isPermission(permission, gitopsRegistrationCreatePermission) ||
      isPermission(permission, gitopsRegistrationDeletePermission);
    if (!changesRegistration) {
      return { result: AuthorizeResult.ALLOW };
    }
    if (!user) {
      return { result: AuthorizeResult.DENY };
    }
    const { ownershipEntityRefs } = await this.#userInfo.getUserInfo(
      user.credentials,
    );
    return createRegistrationConditionalDecision(
      permission,
      registrationConditions.isEntityOwner({ claims: ownershipEntityRefs }),
    );
  }
}

/** The portal's permission policy. */
export const permissionPolicy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'owners-register',
  register(reg) {
    reg.registerInit({
      deps: {
        policy: policyExtensionPoint,
        userInfo: coreServices.userInfo,
      },
      async init({ policy, userInfo }) {
        policy.setPolicy(new OwnersRegister(userInfo));
      },
    });
  },
});
