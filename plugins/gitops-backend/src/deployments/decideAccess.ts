import { type DeploymentAccess } from '@callboard/backstage-plugin-gitops-common';
import { type DeploymentDecisions } from '../access/DeploymentAuthorizer';
import { type Application } from '../applications/Application';
import {
  deriveProof,
  type ProjectOwners,
  type ProvenEntity,
} from './deriveProof';
import { type Place } from './locateApplication';

/** An application, and where it deploys to. */
export interface LocatedApplication {
  readonly application: Application;
  readonly place: Place;
}

/**
 * What a caller may see of an application because it is an entity's, and do
 * with it; nothing where the caller may not see it.
 */
export function decideAccess(
  { application, place }: LocatedApplication,
  entity: ProvenEntity,
  by: { decisions: DeploymentDecisions; projectOwners: ProjectOwners },
): DeploymentAccess | undefined {
  const { decisions, projectOwners } = by;
  const resource = {
    entityRef: entity.entityRef,
    owners: entity.owners,
    environment: place.environment,
    cluster: place.cluster,
  };
  if (!decisions.mayRead(resource)) {
    return undefined;
  }
  const proof = deriveProof(application, entity, projectOwners);
  return proof.isProven
    ? { may: decisions.mayDo(resource) }
    : { may: [], unproven: proof.why };
}
