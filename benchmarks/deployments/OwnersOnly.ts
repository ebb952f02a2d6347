import { type UserInfoService } from '@backstage/backend-plugin-api';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  AuthorizeResult,
  isResourcePermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  type PermissionPolicy,
  type PolicyQuery,
  type PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  createDeploymentConditionalDecision,
  deploymentConditions,
} from '@callboard/backstage-plugin-gitops-backend';

/** A strict policy: people see what they own, in the catalog and of deployments. */
export class OwnersOnly implements PermissionPolicy {
  readonly #userInfo: UserInfoService;
  // The questions of one request come with the same user.
  readonly #claims = new WeakMap<PolicyQueryUser, Promise<string[]>>();

  constructor(userInfo: UserInfoService) {
    this.#userInfo = userInfo;
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) {
      return { result: AuthorizeResult.DENY };
    }
    const claims = await this.#claimsOf(user);
    if (isResourcePermission(permission, 'gitops-deployment')) {
      return createDeploymentConditionalDecision(
        permission,
        deploymentConditions.isEntityOwner({ claims }),
      );
    }
    if (isResourcePermission(permission, 'catalog-entity')) {
      return createCatalogConditionalDecision(
        permission,
        catalogConditions.isEntityOwner({ claims }),
      );
    }
    return { result: AuthorizeResult.ALLOW };
  }

  #claimsOf(user: PolicyQueryUser): Promise<string[]> {
    const claims =
      this.#claims.get(user) ??
      this.#userInfo
        .getUserInfo(user.credentials)
        .then(({ ownershipEntityRefs }) => ownershipEntityRefs);
    this.#claims.set(user, claims);
    return claims;
  }
}
