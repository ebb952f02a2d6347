import { type AuthService } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { type GitopsApi } from '@callboard/backstage-plugin-gitops-common';
import { carryOut, changeOutput, serviceInput } from './change';
import { examples } from './deregister.examples';

/**
 * The action `gitops:deregister`: removes a service's registration for an
 * environment, and says what Argo CD will prune.
 *
 * @public
 */
export function createDeregisterAction(options: {
  gitops: GitopsApi;
  auth: AuthService;
}) {
  const { gitops, auth } = options;
  return createTemplateAction({
    id: 'gitops:deregister',
    description:
      "Removes a service's registration for an environment from the platform repository. Its workloads stay or go, as `workloads` says.",
    supportsDryRun: true,
    examples,
    schema: {
      input: {
        ...serviceInput,
        environment: z =>
          z.string().describe('Name of a configured environment'),
        workloads: z =>
          z
            .enum(['keep', 'delete'])
            .describe(
              '`delete`: Argo CD deletes what it deployed. `keep`: everything goes on running, and nobody manages it any more',
            ),
      },
      output: changeOutput,
    },
    async handler(ctx) {
      const { entityRef, environment, workloads } = ctx.input;
      const request = { entityRef, environment, workloads };
      await carryOut(ctx, auth, (dryRun, call) =>
        gitops.deregister({ ...request, ...dryRun }, call),
      );
    },
  });
}
