import {
  type AuthService,
  type BackstageCredentials,
} from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ResponseError,
  ServiceUnavailableError,
} from '@backstage/errors';

/**
 * Calls the gitops backend as a person, and says in its own words why it
 * refused.
 *
 * @remarks
 * The client's error begins with the request and its status; a person needs
 * what the backend said.
 *
 * @throws ServiceUnavailableError where the backend failed.
 *
 * @public
 */
export async function onBehalfOf<T>(
  person: { auth: AuthService; credentials: BackstageCredentials },
  call: (token: string) => Promise<T>,
): Promise<T> {
  const { token } = await person.auth.getPluginRequestToken({
    onBehalfOf: person.credentials,
    targetPluginId: 'gitops',
  });
  try {
    return await call(token);
  } catch (error) {
    throw error instanceof ResponseError ? inOwnWords(error) : error;
  }
}

function inOwnWords(error: ResponseError): Error {
  const message = error.cause.message;
  switch (error.statusCode) {
    case 400:
      return new InputError(message);
    case 401:
    case 403:
      return new NotAllowedError(message);
    case 404:
      return new NotFoundError(message);
    case 409:
      return new ConflictError(message);
    default:
      return new ServiceUnavailableError(message);
  }
}
