import { type HttpAuthService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  type ActionStarted,
  type DeploymentName,
} from '@callboard/backstage-plugin-gitops-common';
import express, { type Request, type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod/v4';
import { type Caller } from '../access/Caller';
import { type ActionService } from '../actions/ActionService';
import { type DetailService } from '../details/DetailService';
import { type HistoryService } from '../observations/HistoryService';
import { parsePart } from './parsePart';
import { readEntityRef } from './readEntityRef';

const text = z.string().min(1).max(253);
const name = z.strictObject({
  instance: text,
  namespace: text,
  application: text,
});
const entityQuery = z.strictObject({ entityRef: z.string().min(1).max(1_000) });
const historyQuery = z.strictObject({
  ...entityQuery.shape,
  cursor: z.string().min(1).max(1_000).optional(),
});
const logQuery = z.strictObject({
  ...entityQuery.shape,
  podNamespace: text,
  pod: text,
  container: text.optional(),
  previous: z.literal('true').optional(),
});

const resource = z.strictObject({
  group: z.string().max(253),
  kind: text,
  namespace: z.string().max(253),
  name: text,
});
const syncBody = z.strictObject({
  prune: z.boolean().optional(),
  dryRun: z.boolean().optional(),
  resources: z.array(resource).min(1).max(1_000).optional(),
});
const refreshBody = z.strictObject({ kind: z.enum(['normal', 'hard']) });
const noBody = z.strictObject({});

const STARTED: ActionStarted = { started: true };

/**
 * Everything below `/v1/deployments/:instance/:namespace/:application`. The
 * query names the entity whose deployment it is.
 */
export function createDetailRoutes(options: {
  httpAuth: HttpAuthService;
  details: DetailService;
  history: HistoryService;
  actions: ActionService;
}): Router {
  const router = PromiseRouter();
  router.use(createReadRoutes(options));
  router.use(createActionRoutes(options));
  return router;
}

function createReadRoutes(options: {
  httpAuth: HttpAuthService;
  details: DetailService;
  history: HistoryService;
}): Router {
  const { httpAuth, details, history } = options;
  const router = PromiseRouter();
  const pieces = {
    '': 'detail',
    '/resources': 'resources',
    '/diff': 'diff',
    '/events': 'events',
    '/sync-windows': 'syncWindows',
    '/revision': 'revision',
  } as const;
  for (const [path, piece] of Object.entries(pieces)) {
    router.get(
      `/:instance/:namespace/:application${path}`,
      async (req, res) => {
        const credentials = await httpAuth.credentials(req, {
          allow: ['user', 'service'],
        });
        const deployment = readName(
          req,
          parsePart(entityQuery, req.query, 'query'),
        );
        res.json(await details[piece](deployment, credentials));
      },
    );
  }

  router.get('/:instance/:namespace/:application/history', async (req, res) => {
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    const query = parsePart(historyQuery, req.query, 'query');
    res.json(await history.history(readName(req, query), query, credentials));
  });

  router.get('/:instance/:namespace/:application/logs', async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const query = parsePart(logQuery, req.query, 'query');
    const { podNamespace, pod, container, previous } = query;
    res.json(
      await details.log(
        readName(req, query),
        {
          namespace: podNamespace,
          name: pod,
          ...(container && { container }),
          previous: previous === 'true',
        },
        credentials,
      ),
    );
  });
  return router;
}

/** Only people act, also through a plugin that acts on behalf of one. */
function createActionRoutes(options: {
  httpAuth: HttpAuthService;
  actions: ActionService;
}): Router {
  const { httpAuth, actions } = options;
  const router = PromiseRouter();
  router.use(express.json());

  const callerOf = async (request: Request) => ({
    credentials: await httpAuth.credentials(request, { allow: ['user'] }),
    request,
  });
  const post = <T>(
    action: string,
    schema: z.ZodType<T>,
    act: (deployment: DeploymentName, body: T, caller: Caller) => Promise<void>,
  ) =>
    router.post(
      `/:instance/:namespace/:application/${action}`,
      async (req, res) => {
        const caller = await callerOf(req);
        const query = parsePart(entityQuery, req.query, 'query');
        const body = parsePart(schema, req.body, 'body');
        await act(readName(req, query), body, caller);
        res.status(202).json(STARTED);
      },
    );
  post('sync', syncBody, (deployment, body, caller) =>
    actions.sync(deployment, body, caller),
  );
  post('refresh', refreshBody, (deployment, { kind }, caller) =>
    actions.refresh(deployment, kind, caller),
  );
  post('terminate', noBody, (deployment, _, caller) =>
    actions.terminate(deployment, caller),
  );
  return router;
}

function readName(req: Request, query: { entityRef: string }): DeploymentName {
  const { data } = name.safeParse(req.params);
  if (!data) {
    throw new InputError(
      'The address has to name an Argo CD instance, a namespace and an application',
    );
  }
  const { instance, namespace, application } = data;
  return {
    entityRef: readEntityRef(query.entityRef),
    instance,
    namespace,
    name: application,
  };
}
