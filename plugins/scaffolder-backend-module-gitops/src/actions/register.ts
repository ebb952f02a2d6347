import { type AuthService } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { type GitopsApi } from '@callboard/backstage-plugin-gitops-common';
import { carryOut, changeOutput, serviceInput } from './change';
import { examples } from './register.examples';

/**
 * The action `gitops:register`: registers a service for an environment, so that
 * Argo CD deploys it. Doing it again changes nothing, or redoes the own pull
 * request that is still open.
 *
 * @public
 */
export function createRegisterAction(options: {
  gitops: GitopsApi;
  auth: AuthService;
}) {
  const { gitops, auth } = options;
  return createTemplateAction({
    id: 'gitops:register',
    description:
      'Registers a service for an environment: writes its Argo CD Applications and their entries into the platform repository, as a commit or as a pull request, whichever the configuration says for the environment.',
    supportsDryRun: true,
    examples,
    schema: {
      input: {
        ...serviceInput,
        environment: z =>
          z
            .string()
            .optional()
            .describe('Name of a configured environment; default: the first'),
        layout: z =>
          z
            .string()
            .optional()
            .describe(
              "How it is registered: one of the environment's layouts, for example `multi-repo-remote-base`; default: its first",
            ),
        owner: z =>
          z
            .string()
            .optional()
            .describe(
              'Who owns the service, for example `group:default/storefront`; counts only while the service is not in the catalog, and you must belong to it',
            ),
        repository: z =>
          z
            .string()
            .optional()
            .describe(
              "Web address of the service repository; default: the entity's source location",
            ),
      },
      output: changeOutput,
    },
    async handler(ctx) {
      const { entityRef, environment, layout, owner, repository } = ctx.input;
      const request = { entityRef, environment, layout, owner, repository };
      await carryOut(ctx, auth, (dryRun, call) =>
        gitops.register({ ...request, ...dryRun }, call),
      );
    },
  });
}
