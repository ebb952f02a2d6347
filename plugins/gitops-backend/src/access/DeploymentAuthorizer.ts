import {
  type BackstageCredentials,
  type PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
import {
  type DeploymentVerb,
  gitopsDeploymentReadPermission,
} from '@callboard/backstage-plugin-gitops-common';
import {
  type DeploymentResource,
  deploymentRules,
  VERB_PERMISSIONS,
} from './deploymentPermissions';
import { deriveVisibility, type Visibility } from './deriveVisibility';

const isAllowed = createConditionAuthorizer<DeploymentResource, unknown>(
  Object.values(deploymentRules),
);
const VERBS = Object.keys(VERB_PERMISSIONS) as DeploymentVerb[];
const PERMISSIONS = [
  catalogEntityReadPermission,
  gitopsDeploymentReadPermission,
  ...VERBS.map(verb => VERB_PERMISSIONS[verb]),
];

/** What a caller may do, decided once for any number of deployments. */
export interface DeploymentDecisions {
  /** Whether the caller may see that there is such a deployment, and how it is. */
  mayRead(resource: DeploymentResource): boolean;
  /** What else the caller may do with it, as far as policies decide that. */
  mayDo(resource: DeploymentResource): DeploymentVerb[];
  /** Which entities the caller may see; absent where only the catalog can tell. */
  readonly visibility?: Visibility;
}

/**
 * Asks the permission framework once per request; conditions are applied here,
 * to each deployment.
 */
export class DeploymentAuthorizer {
  readonly #permissions: PermissionsService;

  constructor(permissions: PermissionsService) {
    this.#permissions = permissions;
  }

  /** @throws NotAllowedError for somebody who may see no deployment at all. */
  async decide(
    credentials: BackstageCredentials,
  ): Promise<DeploymentDecisions> {
    const [entities, read, ...decisions] =
      await this.#permissions.authorizeConditional(
        PERMISSIONS.map(permission => ({ permission })),
        { credentials },
      );
    if (!read || read.result === AuthorizeResult.DENY) {
      throw new NotAllowedError(
        `To see deployments you need the permission ${gitopsDeploymentReadPermission.name}`,
      );
    }
    const verbs = VERBS.map((verb, index) => ({
      verb,
      decision: decisions[index],
    }));
    return {
      mayRead: resource => holds(read, resource),
      mayDo: resource =>
        verbs.flatMap(({ verb, decision }) =>
          holds(decision, resource) ? [verb] : [],
        ),
      visibility: deriveVisibility(entities),
    };
  }
}

function holds(
  decision: PolicyDecision | undefined,
  resource: DeploymentResource,
): boolean {
  return decision !== undefined && isAllowed(decision, resource);
}
