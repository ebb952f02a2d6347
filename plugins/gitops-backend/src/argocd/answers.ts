import { type Response } from 'undici';
import { type z } from 'zod/v4';
import { toPublicText } from '../deployments/toPublicText';
import { unhurriedly } from '../unhurriedly';
import { ArgocdError, type ArgocdFailure } from './ArgocdError';
import { toUnreachable } from './ArgocdTransport';
import { isKubernetesName } from './kubernetesNames';
import { readLimited } from './readLimited';
import {
  argoApplication,
  type ArgoApplication,
  errorAnswer,
  watchEvent,
} from './schema';

const MAX_ERROR_BYTES = 64 * 1024;

/** What the stream of applications tells. */
export interface ApplicationEvent {
  readonly type: 'changed' | 'deleted';
  readonly application: ArgoApplication;
}

/**
 * The answer, if Argo CD accepted the request.
 *
 * @param secrets - what nobody may be told, though the answer may quote it.
 * @throws ArgocdError otherwise.
 */
export async function accepted(
  response: Response,
  secrets: readonly string[],
): Promise<Response> {
  const { status } = response;
  if (response.ok) {
    return response;
  }
  const text = await readLimited(response.body, MAX_ERROR_BYTES).catch(
    () => '',
  );
  const { code, message } = readError(
    secrets.reduce((all, secret) => all.replaceAll(secret, '…'), text),
  );
  throw errorFor(status, { code, message });
}

interface ErrorAnswer {
  /** Of gRPC; absent where it was not Argo CD's API that answered. */
  readonly code?: number | null;
  readonly message?: string | null;
}

function readError(text: string): ErrorAnswer {
  try {
    const { error, code, message } = errorAnswer.parse(JSON.parse(text));
    return error
      ? { code: error.grpc_code, message: error.message }
      : { code, message };
  } catch {
    return {};
  }
}

const GRPC_NOT_FOUND = 5;
const GRPC_PERMISSION_DENIED = 7;

const REFUSED_CREDENTIALS = {
  failure: 'unauthorised',
  words: 'Argo CD refused the credentials of the portal',
} as const;
const NOT_AVAILABLE = {
  failure: 'unreachable',
  words: 'Argo CD is not available at the moment',
} as const;

const KNOWN_STATUSES: Record<
  number,
  { readonly failure: ArgocdFailure; readonly words: string }
> = {
  401: REFUSED_CREDENTIALS,
  403: REFUSED_CREDENTIALS,
  429: { failure: 'limited', words: 'Argo CD limits requests' },
  502: NOT_AVAILABLE,
  503: NOT_AVAILABLE,
  504: NOT_AVAILABLE,
};

/** What an answer of this HTTP status says; `code` and `message` are Argo CD's. */
export function errorFor(
  status: number,
  { code, message }: ErrorAnswer,
): ArgocdError {
  const detail = `HTTP ${status}`;
  if (status >= 300 && status < 400) {
    return new ArgocdError(
      'unreachable',
      'Argo CD could not be reached: its configured address redirects to another one, often from http to https, or to a login page',
      detail,
    );
  }
  const denied = status === 403 ? denialFor({ code, message }) : undefined;
  if (denied) {
    return denied;
  }
  const known = KNOWN_STATUSES[status];
  if (known) {
    return new ArgocdError(known.failure, known.words, detail);
  }
  return new ArgocdError(
    status === 404 && code === GRPC_NOT_FOUND ? 'missing' : 'refused',
    message ? toPublicText(message) : 'Argo CD could not answer',
    detail,
  );
}

/** What a 403 says, where it is Argo CD's own. */
function denialFor({ code, message }: ErrorAnswer): ArgocdError | undefined {
  const detail = 'HTTP 403';
  if (message?.includes('sync window')) {
    // Not a matter of rights: https://github.com/argoproj/argo-cd/blob/master/server/application/application.go
    return new ArgocdError(
      'refused',
      'a sync window forbids it at the moment',
      detail,
    );
  }
  // Its message would tell the account's name.
  return code === GRPC_PERMISSION_DENIED
    ? new ArgocdError(
        'forbidden',
        "Argo CD does not let the portal's account do this",
        detail,
      )
    : undefined;
}

/**
 * Reads an answer.
 *
 * @throws ArgocdError if it is too long, or not of Argo CD's API.
 */
export async function readJson<T>(
  schema: z.ZodType<T>,
  response: Response,
  maxBytes: number,
): Promise<T> {
  let text: string;
  try {
    text = await readLimited(response.body, maxBytes);
  } catch (error) {
    throw toUnreachable(error);
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new ArgocdError(
      'unreachable',
      'Argo CD gave an answer that cannot be read: it broke off, or something else answered in its place',
      'unreadable answer',
    );
  }
}

/** The applications among the items; what has no valid name is left out. */
export async function parseApplications(
  items: readonly unknown[],
): Promise<ArgoApplication[]> {
  const applications: ArgoApplication[] = [];
  for await (const item of unhurriedly(items)) {
    const application = parseApplication(item);
    if (application) {
      applications.push(application);
    }
  }
  return applications;
}

function parseApplication(item: unknown): ArgoApplication | undefined {
  const { data } = argoApplication.safeParse(item);
  return data && hasValidNames(data) ? data : undefined;
}

function hasValidNames({ metadata }: ArgoApplication): boolean {
  return (
    isKubernetesName(metadata.name) && isKubernetesName(metadata.namespace)
  );
}

/**
 * Reads an event; none if it is about something without a valid name.
 *
 * @throws ArgocdError if it tells of an error.
 */
export function parseEvent(text: string): ApplicationEvent | undefined {
  const event = watchEvent.parse(JSON.parse(text));
  if ('error' in event) {
    const { grpc_code: code, http_code: status, message } = event.error;
    throw errorFor(status ?? 500, { code, message });
  }
  const application = parseApplication(event.result.application);
  return (
    application && {
      type: event.result.type === 'DELETED' ? 'deleted' : 'changed',
      application,
    }
  );
}
