import { type HttpAuthService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod/v4';
import { type ServiceNames } from '../services';

const serviceParams = z.strictObject({
  name: z
    .string()
    .regex(
      /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
      'lower-case letters, digits and hyphens, a letter first, 63 at most',
    ),
});

/** `GET /v1/services/:name`, for people. */
export function createServiceRoutes(options: {
  httpAuth: HttpAuthService;
  serviceNames: ServiceNames;
}): Router {
  const { httpAuth, serviceNames } = options;
  const router = PromiseRouter();

  router.get('/v1/services/:name', async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const { name } = readParams(req.params);
    res.json(await serviceNames.lookUp(name, credentials));
  });

  return router;
}

function readParams(params: unknown): z.output<typeof serviceParams> {
  const { data, error } = serviceParams.safeParse(params);
  if (!data) {
    throw new InputError(
      `That cannot be a service's name: ${z.prettifyError(error)}`,
    );
  }
  return data;
}
