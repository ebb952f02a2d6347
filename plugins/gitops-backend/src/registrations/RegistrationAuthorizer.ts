import {
  type BackstageCredentials,
  type PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { type ResourcePermission } from '@backstage/plugin-permission-common';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
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

  constructor(permissions: PermissionsService) {
    this.#permissions = permissions;
  }

  /** @throws NotAllowedError */
  async check(
    permission: ResourcePermission,
    resource: RegistrationResource,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    if (!decision || !isAllowed(decision, resource)) {
      throw new NotAllowedError(
        `You may not do this for ${resource.entityRef} in ${resource.environment}: it needs the permission ${permission.name}. Ask the owners of the service or the platform team.`,
      );
    }
  }
}
