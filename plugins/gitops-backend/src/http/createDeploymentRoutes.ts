import {
  type AuthService,
  type HttpAuthService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  DEPLOYMENT_STATES,
  MOST_ENTITIES_AT_ONCE,
} from '@callboard/backstage-plugin-gitops-common';
import express, { type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod/v4';
import { type DeploymentService } from '../deployments/DeploymentService';
import { parsePart } from './parsePart';
import { readEntityRef } from './readEntityRef';

const deploymentsQuery = z.strictObject({
  entityRef: z.string().min(1).max(1_000),
});

const entityRef = z.string().min(1).max(1_000).transform(readEntityRef);
const entitiesBody = z.strictObject({
  entityRefs: z.array(entityRef).max(MOST_ENTITIES_AT_ONCE),
});
const stateQuery = z.strictObject({
  state: oneOrMore(z.enum(DEPLOYMENT_STATES)),
  owner: oneOrMore(entityRef).optional(),
  limit: z.coerce.number().int().min(1).max(MOST_ENTITIES_AT_ONCE).optional(),
});

/**
 * `GET /v1/environments`, `GET /v1/deployments?entityRef=`, and below it what is
 * about many entities.
 */
export function createDeploymentRoutes(options: {
  auth: AuthService;
  httpAuth: HttpAuthService;
  deployments: DeploymentService;
}): Router {
  const { auth, httpAuth, deployments } = options;
  const router = PromiseRouter();

  router.get('/v1/environments', async (req, res) => {
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    res.json(await deployments.listEnvironments(credentials));
  });

  router.get('/v1/deployments', async (req, res) => {
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    const wanted = readQuery(req.query);
    res.json(await deployments.listDeployments(wanted, credentials));
  });

  // The body is only for what does not fit into an address.
  router.post(
    '/v1/deployments/by-entities',
    express.json({ limit: '1mb' }),
    async (req, res) => {
      const credentials = await httpAuth.credentials(req, {
        allow: ['user', 'service'],
      });
      const { entityRefs } = parsePart(entitiesBody, req.body, 'body');
      res.json(
        await deployments.listOfEntities(entityRefs, credentials, {
          follow: auth.isPrincipal(credentials, 'user'),
        }),
      );
    },
  );

  router.get('/v1/deployments/by-state', async (req, res) => {
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    const { state, owner, limit } = parsePart(stateQuery, req.query, 'query');
    res.json(
      await deployments.listByState(
        { states: state, owners: owner, limit },
        credentials,
      ),
    );
  });

  return router;
}

/** A parameter that can be there several times. */
function oneOrMore<T extends z.ZodType>(schema: T) {
  return z.union([
    schema.transform(value => [value]),
    z.array(schema).max(100),
  ]);
}

function readQuery(query: unknown): string {
  const { data, error } = deploymentsQuery.safeParse(query);
  if (!data) {
    throw new InputError(
      `The query needs entityRef, and nothing else: ${z.prettifyError(error)}`,
    );
  }
  return readEntityRef(data.entityRef);
}
