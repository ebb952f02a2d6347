import {
  type BackstageCredentials,
  type PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { gitopsSetupReadPermission } from '@callboard/backstage-plugin-gitops-common';

/** Lets those in who look after the portal. */
export class SetupAuthorizer {
  readonly #permissions: PermissionsService;

  constructor(permissions: PermissionsService) {
    this.#permissions = permissions;
  }

  /** @throws NotAllowedError without the permission `gitops.setup.read`. */
  async authorize(credentials: BackstageCredentials): Promise<void> {
    const permission = gitopsSetupReadPermission;
    const [decision] = await this.#permissions.authorize([{ permission }], {
      credentials,
    });
    if (decision?.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `To see how the portal is set up you need the permission ${permission.name}`,
      );
    }
  }
}
