import { ENTITY_REF_ANNOTATION } from '@callboard/backstage-plugin-gitops-common';
import { type Application } from './Application';

/** The entity that an application says it deploys, in lower case. */
export function declaredEntity({
  annotations,
}: Application): string | undefined {
  return annotations[ENTITY_REF_ANNOTATION]?.toLowerCase();
}
