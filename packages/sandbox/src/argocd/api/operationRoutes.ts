import { isError } from '@backstage/errors';
import { z } from 'zod';
import { refOf } from '../../cluster/KubeObject';
import {
  type Application,
  isAutomated,
  type Operation,
  sourceOf,
} from '../Application';
import { type KnownClusters } from '../Clusters';
import { audit } from '../audit';
import {
  defined,
  updateApplication,
  withOperation,
} from '../controller/updateApplication';
import { windowsOf } from '../syncWindows';
import { type ApplicationAccess } from './ApplicationAccess';
import { type Commits, type RunningOperations } from './Engine';
import { GrpcError } from './GrpcError';
import { type Call, type Route } from './Route';
import { queryOf } from './applicationRoutes';
import { listView } from './applicationView';

const SYNC = { resource: 'applications', action: 'sync' } as const;

const syncRequest = z.object({
  revision: z.string().optional(),
  prune: z.boolean().optional(),
  dryRun: z.boolean().optional(),
  strategy: z.unknown().optional(),
  resources: z
    .array(
      z.object({
        group: z.string().optional(),
        kind: z.string(),
        name: z.string(),
        namespace: z.string().optional(),
      }),
    )
    .optional(),
  syncOptions: z.object({ items: z.array(z.string()) }).optional(),
  retryStrategy: z
    .object({
      limit: z.number().optional(),
      backoff: z
        .object({
          duration: z.string().optional(),
          factor: z.number().optional(),
          maxDuration: z.string().optional(),
        })
        .optional(),
    })
    .optional(),
  infos: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
});

type SyncRequest = z.infer<typeof syncRequest>;

/** Starting and terminating syncs. */
export function operationRoutes(parts: {
  access: ApplicationAccess;
  clusters: KnownClusters;
  operations: RunningOperations;
  repositories: Commits;
}): Route[] {
  const { access, clusters, operations, repositories } = parts;
  return [
    {
      method: 'POST',
      path: '/api/v1/applications/{name}/sync',
      answer: async call => {
        const session = call.session();
        const application = access.get(session, queryOf(call));
        const request = parseSync(call);
        requireOpenWindow(application, clusters);
        access.enforce(session, application, SYNC);
        const revision = await syncRevision(application, request, repositories);
        const operation = operationOf(application, request, {
          revision: revision.sha,
          username: session.account,
        });
        const partial = operation.sync?.resources ? 'partial ' : '';
        const what = `${partial}sync to ${revision.shown}`;
        return listView(
          startOperation(application, { operation, what }, clusters),
        );
      },
    },
    {
      method: 'DELETE',
      path: '/api/v1/applications/{name}/operation',
      answer: call => {
        const session = call.session();
        const application = access.get(session, queryOf(call), 'sync');
        if (!operations.terminate(refOf(application))) {
          throw new GrpcError(
            'InvalidArgument',
            'Unable to terminate operation. No operation is in progress',
          );
        }
        audit(clusters.control, application, {
          reason: 'ResourceUpdated',
          message: 'terminated running operation',
          user: session.account,
        });
        return {};
      },
    },
  ];
}

/**
 * Puts the operation on the Application.
 *
 * @throws GrpcError `FailedPrecondition` while another one is in progress.
 */
export function startOperation(
  application: Application,
  { operation, what }: { operation: Operation; what: string },
  clusters: KnownClusters,
): Application {
  const ref = refOf(application);
  const current = clusters.control.get(ref) as Application | undefined;
  if (current?.operation) {
    throw new GrpcError(
      'FailedPrecondition',
      'error setting app operation: rpc error: code = FailedPrecondition desc = another operation is already in progress',
    );
  }
  const started = updateApplication(clusters.control, ref, found =>
    withOperation(found, operation),
  );
  audit(clusters.control, application, {
    reason: 'OperationStarted',
    message: `initiated ${what}`,
    user: operation.initiatedBy?.username,
  });
  return started ?? application;
}

function parseSync(call: Call): SyncRequest {
  const given = Object.entries((call.body ?? {}) as object);
  // A null is an absent field to Go.
  const fields = given.filter(([, value]) => value !== null);
  const parsed = syncRequest.safeParse(Object.fromEntries(fields));
  if (parsed.success) return parsed.data;
  throw new GrpcError(
    'InvalidArgument',
    parsed.error.issues[0]?.message ?? 'invalid request',
  );
}

function requireOpenWindow(
  application: Application,
  clusters: KnownClusters,
): void {
  if (!windowsOf(application, clusters, new Date()).canSync) {
    throw new GrpcError(
      'PermissionDenied',
      'cannot sync: blocked by sync window',
    );
  }
}

async function syncRevision(
  application: Application,
  request: SyncRequest,
  repositories: Commits,
): Promise<{ sha: string; shown: string }> {
  if (application.metadata.deletionTimestamp) {
    throw new GrpcError('FailedPrecondition', 'application is deleting');
  }
  const { repoURL, targetRevision = 'HEAD' } = sourceOf(application);
  const asked = request.revision || targetRevision;
  if (asked !== targetRevision && isAutomated(application) && !request.dryRun) {
    throw new GrpcError(
      'FailedPrecondition',
      `Cannot sync to ${asked}: auto-sync currently set to ${targetRevision}`,
    );
  }
  try {
    const sha = await repositories.resolve(repoURL, asked, 0);
    return { sha, shown: sha === asked ? sha : `${asked} (${sha})` };
  } catch (error) {
    const reason = isError(error) ? error.message : String(error);
    throw new GrpcError(
      'FailedPrecondition',
      `error resolving repo revision: rpc error: code = Unknown desc = ${reason}`,
    );
  }
}

function operationOf(
  application: Application,
  request: SyncRequest,
  by: { revision: string; username: string },
): Operation {
  const { syncPolicy } = application.spec;
  return defined({
    sync: defined({
      revision: by.revision,
      prune: request.prune || undefined,
      dryRun: request.dryRun || undefined,
      syncStrategy: request.strategy ?? { hook: {} },
      resources: request.resources?.length ? request.resources : undefined,
      source: sourceOf(application),
      syncOptions: request.syncOptions?.items ?? syncPolicy?.syncOptions,
    }),
    initiatedBy: { username: by.username },
    info: request.infos?.length ? request.infos : undefined,
    retry: request.retryStrategy ?? syncPolicy?.retry ?? {},
  });
}
