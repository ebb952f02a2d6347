import { type HttpAuthService } from '@backstage/backend-plugin-api';
import { type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod/v4';
import { type SetupService } from '../setup/SetupService';
import { type UnmatchedService } from '../unmatched/UnmatchedService';
import { parsePart } from './parsePart';

const setupQuery = z.strictObject({
  fresh: z.enum(['true', 'false']).optional(),
});

const unmatchedQuery = z.strictObject({
  instance: z.string().min(1).max(253).optional(),
  reason: z
    .enum([
      'no-entity',
      'unknown-entity',
      'not-selected',
      'several-entities',
      'unproven',
      'claimed',
      'selects-nothing',
      'selects-too-many',
      'approximate',
      'stray-workload',
    ])
    .optional(),
  cursor: z.string().min(1).max(4_000).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
});

/** `GET /v1/setup` and `GET /v1/applications/unmatched`. */
export function createSetupRoutes(options: {
  httpAuth: HttpAuthService;
  setup: SetupService;
  /** Absent where there is nothing to match. */
  unmatched?: UnmatchedService;
}): Router {
  const { httpAuth, setup, unmatched } = options;
  const router = PromiseRouter();

  router.get('/v1/setup', async (req, res) => {
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    const { fresh } = parsePart(setupQuery, req.query, 'query');
    res.json(await setup.report(fresh === 'true', credentials));
  });

  if (unmatched) {
    router.get('/v1/applications/unmatched', async (req, res) => {
      const credentials = await httpAuth.credentials(req, {
        allow: ['user', 'service'],
      });
      const query = parsePart(unmatchedQuery, req.query, 'query');
      res.json(await unmatched.list(query, credentials));
    });
  }

  return router;
}
