import { type DeploymentAccess } from '@callboard/backstage-plugin-gitops-common';
import { type DeploymentDecisions } from '../access/DeploymentAuthorizer';
import {
  deriveProof,
  type ProjectOwners,
  type ProvenEntity,
} from './deriveProof';
import { type LocatedApplication } from './selectDeployments';

const SHARED =
  "This application deploys several services, so only what is this one's is shown here, and how it is. Whoever looks after the platform repository can look into the application, and sync it, in Argo CD.";

/**
 * What a caller may see of an application because it is an entity's, and do
 * with it; nothing where the caller may not see it.
 */
export function decideAccess(
  { application, place, part }: LocatedApplication,
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
  if (part) {
    return { may: [], unproven: SHARED, isShared: true };
  }
  const proof = deriveProof(application, entity, projectOwners);
  return proof.isProven
    ? { may: decisions.mayDo(resource) }
    : { may: [], unproven: proof.why };
}
