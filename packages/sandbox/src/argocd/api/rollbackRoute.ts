import { z } from 'zod';
import {
  type Application,
  isAutomated,
  type HistoryEntry,
} from '../Application';
import { type KnownClusters } from '../Clusters';
import { defined } from '../controller/updateApplication';
import { type ApplicationAccess } from './ApplicationAccess';
import { GrpcError } from './GrpcError';
import { type Route } from './Route';
import { queryOf } from './applicationRoutes';
import { listView } from './applicationView';
import { startOperation } from './operationRoutes';

const rollbackRequest = z.object({
  id: z.number().default(0),
  prune: z.boolean().optional(),
  dryRun: z.boolean().optional(),
});

/** Syncing what was deployed before (`Rollback` in server/application/application.go). */
export function rollbackRoute(parts: {
  access: ApplicationAccess;
  clusters: KnownClusters;
}): Route {
  return {
    method: 'POST',
    path: '/api/v1/applications/{name}/rollback',
    answer: call => {
      const session = call.session();
      const application = parts.access.get(session, queryOf(call), 'sync');
      const request = rollbackRequest.safeParse(call.body);
      if (!request.success) {
        throw new GrpcError('InvalidArgument', 'invalid rollback request');
      }
      const { id, prune, dryRun } = request.data;
      const { revision, source } = deployment(application, id);
      const operation = {
        sync: defined({
          revision,
          prune: prune || undefined,
          dryRun: dryRun || undefined,
          syncStrategy: { apply: {} },
          source,
          syncOptions: application.spec.syncPolicy?.syncOptions,
        }),
        initiatedBy: { username: session.account },
        retry: {},
      };
      const what = `rollback to ${id}`;
      return listView(
        startOperation(application, { operation, what }, parts.clusters),
      );
    },
  };
}

/** @throws GrpcError where there is nothing to go back to, or Argo CD would go forward again */
function deployment(application: Application, id: number): HistoryEntry {
  if (application.metadata.deletionTimestamp) {
    throw new GrpcError('FailedPrecondition', 'application is deleting');
  }
  if (isAutomated(application)) {
    throw new GrpcError(
      'FailedPrecondition',
      'rollback cannot be initiated when auto-sync is enabled',
    );
  }
  const found = application.status?.history?.find(entry => entry.id === id);
  if (found) return found;
  const { namespace, name } = application.metadata;
  throw new GrpcError(
    'InvalidArgument',
    `application ${namespace}/${name} does not have deployment with id ${id}`,
  );
}
