import {
  type AuditorService,
  type HttpAuthService,
} from '@backstage/backend-plugin-api';
import { InputError, toError } from '@backstage/errors';
import { type RegistrationChange } from '@callboard/backstage-plugin-gitops-common';
import express, { type Request, type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod/v4';
import { type RegistrationService } from './RegistrationService';

const text = z.string().trim().min(1).max(1_000);

const listQuery = z.strictObject({ entityRef: text });

const registerBody = z.strictObject({
  entityRef: text,
  owner: text.optional(),
  repository: text.optional(),
  environment: text.optional(),
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
  auditor?: AuditorService;
}): Router {
  const { httpAuth, registrations, auditor } = options;
  const router = PromiseRouter();
  router.use(express.json());

  router.get('/', async (req, res) => {
    const { entityRef } = parse(listQuery, req.query, 'query');
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    res.json(await registrations.list(entityRef, credentials));
  });

  router.post('/', async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const request = parse(registerBody, req.body, 'body');
    const change = await audited(auditor, req, {
      eventId: 'registration-create',
      meta: { ...request },
      act: () => registrations.register(request, credentials),
    });
    res.json(change);
  });

  router.delete('/', async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const request = parse(deregisterQuery, req.query, 'query');
    const change = await audited(auditor, req, {
      eventId: 'registration-delete',
      meta: { ...request },
      act: () => registrations.deregister(request, credentials),
    });
    res.json(change);
  });

  return router;
}

function parse<T>(schema: z.ZodType<T>, value: unknown, part: string): T {
  const { data, error } = schema.safeParse(value);
  if (error) {
    throw new InputError(
      `The request's ${part} is not as it should be: ${z.prettifyError(error)}`,
    );
  }
  return data;
}

async function audited(
  auditor: AuditorService | undefined,
  request: Request,
  event: {
    eventId: string;
    meta: Record<string, string | boolean | undefined>;
    act: () => Promise<RegistrationChange>;
  },
): Promise<RegistrationChange> {
  const { eventId, meta, act } = event;
  const record = await auditor?.createEvent({
    eventId,
    request,
    severityLevel: 'medium',
    meta: JSON.parse(JSON.stringify(meta)),
  });
  try {
    const change = await act();
    const { outcome, commit, pullRequest } = change;
    await record?.success({
      meta: {
        outcome,
        commit: commit?.sha ?? null,
        pullRequest: pullRequest?.url ?? null,
      },
    });
    return change;
  } catch (error) {
    await record?.fail({ error: toError(error) });
    throw error;
  }
}
