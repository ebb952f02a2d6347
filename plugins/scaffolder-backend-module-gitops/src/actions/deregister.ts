import { type AuthService } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { type GitopsApi } from '@callboard/backstage-plugin-gitops-common';
import { changeOutput, reportChange } from './change';
import { examples } from './deregister.examples';
import { onBehalfOf } from './onBehalfOf';

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
        entityRef: z =>
          z
            .string()
            .describe('The service, for example `component:default/cart`'),
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
      const change = await onBehalfOf(
        { auth, getInitiatorCredentials: () => ctx.getInitiatorCredentials() },
        token =>
          gitops.deregister(
            {
              entityRef,
              environment,
              workloads,
              ...(ctx.isDryRun && { dryRun: true }),
            },
            { token, signal: ctx.signal },
          ),
      );
      reportChange(ctx, change);
    },
  });
}
