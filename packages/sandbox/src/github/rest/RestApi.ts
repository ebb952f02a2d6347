import { type IncomingMessage, type ServerResponse } from 'node:http';
import {
  ConflictError,
  InputError,
  isError,
  NotAllowedError,
} from '@backstage/errors';
import { type TokenFacts } from '../Accounts';
import { type Site } from '../Site';
import { ApiError } from '../http/ApiError';
import { type Call } from '../http/Call';
import { RateLimit } from '../http/RateLimit';
import { type Reply, send } from '../http/Reply';
import { Router } from '../http/Router';
import { authenticate } from '../http/authenticate';
import { readBody } from '../http/readBody';
import { type UserRecord } from '../records';
import { restRoutes } from './routes';

/** Where GitHub Enterprise Server has its API. */
export const API_PREFIX = '/api/v3';

const MAX_BODY_BYTES = 60 << 20;

const COMMON_HEADERS = {
  'x-github-media-type': 'github.v3; format=json',
  'x-github-enterprise-version': '3.17.0',
  'cache-control': 'private, max-age=60, s-maxage=60',
  vary: 'Accept, Authorization, Cookie',
};

/** GitHub's REST API. */
export class RestApi {
  readonly #site: Site;
  readonly #router: Router;
  readonly #rates = new RateLimit();
  readonly #reported = new Set<string>();

  constructor(site: Site) {
    this.#site = site;
    this.#router = new Router(restRoutes(site));
  }

  async serve(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
  ): Promise<void> {
    const { authorization } = request.headers;
    const actor = authenticate(this.#site.accounts, authorization);
    const known = actor === 'bad-credentials' ? undefined : actor;
    const headers = {
      ...this.#rates.count(known?.login ?? ''),
      ...(known && tokenHeaders(this.#site.accounts.tokenOf(known.login))),
    };
    const reply = await this.#answer(request, url, actor).catch(error =>
      this.#failure(error, request),
    );
    await send(request, response, {
      ...reply,
      headers: { ...COMMON_HEADERS, ...headers, ...reply.headers },
    });
  }

  async #answer(
    request: IncomingMessage,
    url: URL,
    actor: UserRecord | undefined | 'bad-credentials',
  ): Promise<Reply> {
    if (actor === 'bad-credentials') throw new ApiError(401, 'Bad credentials');
    const method = request.method ?? 'GET';
    const path = url.pathname.slice(API_PREFIX.length);
    const found = this.#router.find(method, path);
    if (!found) throw this.#unknown(method, path);
    const call: Call = {
      url,
      params: found.params,
      body: await jsonOf(request),
      actor,
      accept: request.headers.accept ?? '',
    };
    return found.route.handle(call);
  }

  /** Not a 404, which would hide that the sandbox is what is missing. */
  #unknown(method: string, path: string): ApiError {
    const operation = `${method} ${path}`;
    if (!this.#reported.has(operation)) {
      this.#reported.add(operation);
      this.#site.log(`Not in the sandbox: ${operation}`);
    }
    return new ApiError(501, `Not in the sandbox: ${operation}`);
  }

  #failure(error: unknown, request: IncomingMessage): Reply {
    const known = asApiError(error);
    if (known) return { status: known.status, body: known.toBody() };
    const reason = isError(error) ? error.stack ?? error.message : 'unknown';
    this.#site.log(`${request.method} ${request.url} failed: ${reason}`);
    return {
      status: 500,
      body: new ApiError(500, 'Server Error').toBody(),
    };
  }
}

/** What GitHub tells the bearer of a classic token about it. */
function tokenHeaders({ scopes, expiresAt }: TokenFacts) {
  return {
    'x-oauth-scopes': scopes.join(', '),
    ...(expiresAt && {
      'github-authentication-token-expiration': `${expiresAt
        .slice(0, 19)
        .replace('T', ' ')} UTC`,
    }),
  };
}

function asApiError(error: unknown): ApiError | undefined {
  if (error instanceof ApiError) return error;
  if (error instanceof InputError) return new ApiError(422, error.message);
  if (error instanceof ConflictError) return new ApiError(409, error.message);
  if (error instanceof NotAllowedError) return new ApiError(403, error.message);
  return undefined;
}

async function jsonOf(request: IncomingMessage): Promise<unknown> {
  const bytes = await readBody(request, MAX_BODY_BYTES);
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    throw new ApiError(400, 'Problems parsing JSON');
  }
}
