import { type HttpAuthService } from '@backstage/backend-plugin-api';
import express, { type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod/v4';
import { parsePart } from '../http/parsePart';
import { type RegistrationService } from './RegistrationService';

const text = z.string().trim().min(1).max(1_000);

const listQuery = z.strictObject({ entityRef: text });

const registerBody = z.strictObject({
  entityRef: text,
  owner: text.optional(),
  repository: text.optional(),
  environment: text.optional(),
  layout: text.optional(),
  dryRun: z.boolean().optional(),
});

const deregisterQuery = z.strictObject({
  entityRef: text,
  environment: text,
  workloads: z.enum(['keep', 'delete']),
  dryRun: z
    .enum(['true', 'false'])
    .transform(value => value === 'true')
    .optional(),
});

/**
 * `GET`, `POST` and `DELETE /v1/registrations`, to be mounted there. Only
 * people write, also through a plugin that acts on behalf of one.
 */
export function createRegistrationRoutes(options: {
  httpAuth: HttpAuthService;
  registrations: RegistrationService;
}): Router {
  const { httpAuth, registrations } = options;
  const router = PromiseRouter();
  router.use(express.json());

  router.get('/', async (req, res) => {
    const { entityRef } = parsePart(listQuery, req.query, 'query');
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    res.json(await registrations.list(entityRef, credentials));
  });

  router.post('/', async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const request = parsePart(registerBody, req.body, 'body');
    const caller = { credentials, request: req };
    res.json(await registrations.register(request, caller));
  });

  router.delete('/', async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const request = parsePart(deregisterQuery, req.query, 'query');
    const caller = { credentials, request: req };
    res.json(await registrations.deregister(request, caller));
  });

  return router;
}
