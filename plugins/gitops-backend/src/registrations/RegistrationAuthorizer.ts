import {
  type BackstageCredentials,
  type PermissionsService,
  type UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { type ResourcePermission } from '@backstage/plugin-permission-common';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
import { type Service } from './Service';
import {
  type RegistrationResource,
  registrationRules,
} from './registrationPermissions';

const rules = Object.values(registrationRules);
const isAllowed = createConditionAuthorizer<RegistrationResource, unknown>(
  rules,
);

/**
 * Decides whether a person may write a registration. The resource may not exist
 * yet, so conditions are applied here, on what is asked for.
 */
export class RegistrationAuthorizer {
  readonly #permissions: PermissionsService;
  readonly #userInfo: UserInfoService;

  constructor(options: {
    permissions: PermissionsService;
    userInfo: UserInfoService;
  }) {
    this.#permissions = options.permissions;
    this.#userInfo = options.userInfo;
  }

  /**
   * @throws NotAllowedError also where the catalog does not know the service and
   * the person does not belong to the owner that was claimed for it.
   */
  async check(
    permission: ResourcePermission,
    { service, environment }: { service: Service; environment: string },
    credentials: BackstageCredentials,
  ): Promise<void> {
    const { entityRef, owners, inCatalog } = service;
    if (!inCatalog) {
      await this.#checkClaim(owners, credentials);
    }
    const resource = { entityRef, owners, environment };
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    if (!decision || !isAllowed(decision, resource)) {
      throw new NotAllowedError(
        `You may not do this for ${entityRef} in ${environment}: it needs the permission ${permission.name}. Ask the owners of the service or the platform team.`,
      );
    }
  }

  async #checkClaim(
    owners: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<void> {
    const { ownershipEntityRefs } = await this.#userInfo.getUserInfo(
      credentials,
    );
    const mine = ownershipEntityRefs.map(ref => ref.toLowerCase());
    if (!owners.some(owner => mine.includes(owner))) {
      throw new NotAllowedError(
        `You do not belong to ${owners.join(
          ', ',
        )}. Name an owner that you belong to, or ask somebody who does.`,
      );
    }
  }
}
