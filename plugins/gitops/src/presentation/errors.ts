import { isError } from '@backstage/errors';

/** An error in words: what happened, and what to do. */
interface ErrorView {
  readonly kind:
    | 'not-allowed'
    | 'signed-out'
    | 'unknown-entity'
    | 'not-configured'
    | 'failed';
  readonly title: string;
  readonly description: string;
}

/** Puts an error of the gitops backend, or of the way to it, into words. */
export function explainError(error: unknown): ErrorView {
  if (statusOf(error) === 503 && /not configured/.test(messageOf(error))) {
    return {
      kind: 'not-configured',
      title: 'Deployments are not set up in this portal',
      description: `${messageOf(error)}.`,
    };
  }
  switch (statusOf(error)) {
    case 401:
      return {
        kind: 'signed-out',
        title: 'Your session has ended',
        description: 'Reload the page to sign in again.',
      };
    case 403:
      return {
        kind: 'not-allowed',
        title: 'You may not see deployments of this service',
        description:
          'It takes the permission gitops.deployment.read. Ask the people who run the portal for it.',
      };
    case 404:
      return {
        kind: 'unknown-entity',
        title: 'The backend does not know about this service',
        description: `${messageOf(
          error,
        )}. Either the catalog has just changed, or the plugin gitops-backend is not installed.`,
      };
    case undefined:
      return {
        kind: 'failed',
        title: 'The portal’s backend cannot be reached',
        description: `${messageOf(
          error,
        )}. Check your connection; the page tries again by itself.`,
      };
    default:
      return {
        kind: 'failed',
        title: 'The portal’s backend could not answer',
        description: `${messageOf(
          error,
        )}. The page tries again by itself; if it lasts, tell the people who run the portal.`,
      };
  }
}

/**
 * Puts an error of one part of a deployment's details into words; `what` names
 * the part, as in “The events”.
 */
export function explainPartError(
  error: unknown,
  what: string,
): { readonly title: string; readonly description: string } {
  const message = messageOf(error);
  if (lacksRight(error)) {
    return {
      title: `${what}: the portal lacks a right in Argo CD`,
      description: `${message}.`,
    };
  }
  switch (statusOf(error)) {
    case 401:
      return {
        title: 'Your session has ended',
        description: 'Reload the page to sign in again.',
      };
    case 403:
      return {
        title: `You may not see this: ${what.toLowerCase()}`,
        description: `${message}. Ask the people who run the portal.`,
      };
    case 404:
      return {
        title: `${what}: not found`,
        description: `${message}. It may have just been removed: close this and look at the list.`,
      };
    case undefined:
      return {
        title: `${what}: the portal’s backend cannot be reached`,
        description: `${message}. Check your connection, then try again.`,
      };
    default:
      return {
        title: `${what}: the portal got no answer`,
        description: `${message}. Try again; if it lasts, tell the people who run the portal.`,
      };
  }
}

/** The backend's own words on why it would not do something. */
export function explainRefusal(error: unknown): string {
  return statusOf(error) === undefined
    ? `The portal’s backend cannot be reached: ${messageOf(error)}.`
    : `${messageOf(error)}.`;
}

/** Whether asking again at once may help: the answer did not come from a rule. */
export function isTransient(error: unknown): boolean {
  const status = statusOf(error);
  return (status === undefined || status >= 500) && !lacksRight(error);
}

/** Whether Argo CD refused it to the portal itself, whoever asks. */
function lacksRight(error: unknown): boolean {
  const told = isError(error) ? error.cause : undefined;
  return isError(told) && told.failure === 'forbidden';
}

function statusOf(error: unknown): number | undefined {
  if (typeof error === 'object' && error !== null && 'statusCode' in error) {
    return typeof error.statusCode === 'number' ? error.statusCode : undefined;
  }
  return undefined;
}

/** The backend's own sentence, without the wrapping that its client adds. */
function messageOf(error: unknown): string {
  const told = isError(error) && isError(error.cause) ? error.cause : error;
  const message = isError(told) ? told.message : String(told);
  return message.replace(/\.$/, '');
}
