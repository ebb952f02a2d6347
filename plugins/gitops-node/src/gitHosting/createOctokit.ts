import { type LoggerService } from '@backstage/backend-plugin-api';
import { type GithubCredentialsProvider } from '@backstage/integration';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import Bottleneck from 'bottleneck';
import { type RepositoryAddress } from './RepositoryAddress';

const TIMEOUT_MS = 20_000;
const RATE_LIMIT_RETRIES = 1;
/** A person waits for the answer: longer pauses are an error. */
const MAX_RATE_LIMIT_PAUSE_SECONDS = 10;

/**
 * Answers that a retry does not change. The plugin's own list lacks 405, 409
 * and 412, and would spend 14 seconds on a branch that moved; 429 is the other
 * plugin's.
 */
const DO_NOT_RETRY = [400, 401, 403, 404, 405, 409, 410, 412, 422, 429, 451];

type Plugin = Parameters<typeof Octokit.plugin>[0];

// Each package brings types of an @octokit/core of its own.
const ThrottledOctokit = Octokit.plugin(
  retry as unknown as Plugin,
  throttling as unknown as Plugin,
);

/**
 * The pause between two writes to a host, shared by all its repositories.
 */
export function createWritePace(pauseMs: number): Bottleneck.Group {
  return new Bottleneck.Group({ minTime: pauseMs });
}

/**
 * A client for one repository. It asks for credentials with each request, so
 * that the short-lived ones of a GitHub App are never out of date, and never
 * sees them: no error of it can tell them.
 */
export function createOctokit(options: {
  address: RepositoryAddress;
  apiBaseUrl: string;
  credentials: GithubCredentialsProvider;
  writePace: Bottleneck.Group;
  logger: LoggerService;
}): Octokit {
  const { address, credentials, writePace, logger } = options;
  const onLimit = (
    retryAfter: number,
    request: { method: string; url: string },
    ...[, retryCount]: [octokit: unknown, retryCount: number]
  ) => {
    logger.warn('The Git hosting limits our requests', {
      host: address.host,
      request: `${request.method} ${request.url}`,
      retryAfter,
    });
    return (
      retryCount < RATE_LIMIT_RETRIES &&
      retryAfter <= MAX_RATE_LIMIT_PAUSE_SECONDS
    );
  };
  const debug = (message: string) => logger.debug(message);
  return new ThrottledOctokit({
    baseUrl: options.apiBaseUrl,
    userAgent: 'callboard',
    request: { fetch: authorisedFetch(address.url, credentials) },
    log: { debug, info: debug, warn: debug, error: debug },
    retry: { doNotRetry: DO_NOT_RETRY, retries: 2 },
    throttle: {
      // Limits are shared by everything with the same id in the process, also
      // with other plugins' clients.
      id: `gitops-${address.host}`,
      write: writePace,
      notifications: writePace,
      onRateLimit: onLimit,
      onSecondaryRateLimit: onLimit,
    },
  });
}

function authorisedFetch(
  url: string,
  credentials: GithubCredentialsProvider,
): typeof fetch {
  return async (input, init) => {
    const { headers } = await credentials.getCredentials({ url });
    return fetch(input, {
      ...init,
      headers: {
        ...Object.fromEntries(new Headers(init?.headers)),
        ...headers,
      },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  };
}
