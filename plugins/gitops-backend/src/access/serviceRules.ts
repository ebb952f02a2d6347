import { z } from 'zod/v4';

/** What every resource that policies decide on has to do with. */
interface OfService {
  /** Entity references, as the catalog spells them: lower case. */
  readonly owners: readonly string[];
  /** Absent where it belongs to none of the configured environments. */
  readonly environment?: string;
}

/** The rule `IS_ENTITY_OWNER`, of any resource type. */
export const ownerRule = {
  name: 'IS_ENTITY_OWNER',
  description: 'Allow for services that one of the claims owns',
  paramsSchema: z.object({
    claims: z
      .array(z.string())
      .describe('Entity references of a person and the person’s groups'),
  }),
  apply: ({ owners }: OfService, { claims }: { claims: string[] }) =>
    claims.some(claim => owners.includes(claim.toLowerCase())),
  toQuery: ({ claims }: { claims: string[] }) => ({ owners: claims }),
};

/** The rule `IS_ENVIRONMENT`, of any resource type. */
export const environmentRule = {
  name: 'IS_ENVIRONMENT',
  description: 'Allow for certain environments',
  paramsSchema: z.object({
    environments: z
      .array(z.string())
      .describe('Names of configured environments'),
  }),
  apply: (
    { environment }: OfService,
    { environments }: { environments: string[] },
  ) => environment !== undefined && environments.includes(environment),
  toQuery: ({ environments }: { environments: string[] }) => ({ environments }),
};
