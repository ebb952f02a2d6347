import { isError } from '@backstage/errors';
import {
  Agent,
  EnvHttpProxyAgent,
  fetch,
  type Dispatcher,
  type Response,
} from 'undici';
import { ArgocdError } from './ArgocdError';
import { countBytes } from './countBytes';

/** How long each phase of a call may take. */
export interface ArgocdTimeouts {
  readonly connectMs: number;
  /** From the request to the first byte of the answer. */
  readonly firstByteMs: number;
  /** The same for a refresh, which waits until Argo CD has looked. */
  readonly refreshMs: number;
  /** Between two pieces of an answer. */
  readonly silenceMs: number;
  /** Between two pieces of a stream; Argo CD sends a keep-alive every 15 s. */
  readonly streamSilenceMs: number;
}

const DEFAULT_TIMEOUTS: ArgocdTimeouts = {
  connectMs: 5_000,
  firstByteMs: 30_000,
  refreshMs: 90_000,
  silenceMs: 15_000,
  streamSilenceMs: 45_000,
};

/** A call is short, a refresh answers late, a stream never ends. */
export type Patience = 'call' | 'refresh' | 'stream';

interface ArgocdRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly patience: Patience;
  readonly signal?: AbortSignal;
}

/** HTTP connections to one Argo CD instance. */
export class ArgocdTransport {
  readonly #dispatchers: Record<Patience, Dispatcher>;
  readonly #countBytes: Dispatcher.DispatcherComposeInterceptor;

  /** @param onReceived - told the size of all that arrives, in bytes. */
  constructor(
    timeouts: ArgocdTimeouts = DEFAULT_TIMEOUTS,
    onReceived: (bytes: number) => void = () => {},
  ) {
    this.#countBytes = countBytes(onReceived);
    const create = (headersTimeout: number, bodyTimeout: number) => {
      const options = {
        connect: { timeout: timeouts.connectMs },
        headersTimeout,
        bodyTimeout,
      };
      // Like Node's own fetch, which looks at proxies only when told to.
      return process.env.NODE_USE_ENV_PROXY === '1'
        ? new EnvHttpProxyAgent(options)
        : new Agent(options);
    };
    this.#dispatchers = {
      call: create(timeouts.firstByteMs, timeouts.silenceMs),
      refresh: create(timeouts.refreshMs, timeouts.silenceMs),
      // Argo CD sends not even headers before the first event.
      stream: create(0, timeouts.streamSilenceMs),
    };
  }

  /** @throws ArgocdError where no answer came. */
  async send(url: URL, request: ArgocdRequest): Promise<Response> {
    const { patience, method = 'GET', headers, body, signal } = request;
    try {
      return await fetch(url, {
        method,
        headers,
        body,
        signal,
        // A redirect could carry the token to a host that nobody configured.
        redirect: 'manual',
        dispatcher: this.#dispatchers[patience].compose(this.#countBytes),
      });
    } catch (error) {
      throw toUnreachable(error);
    }
  }

  async close(): Promise<void> {
    await Promise.all(
      Object.values(this.#dispatchers).map(dispatcher => dispatcher.destroy()),
    );
  }
}

const WORDS: Record<string, string> = {
  ECONNREFUSED: 'it refuses connections',
  ENOTFOUND: 'its host name is not known',
  EAI_AGAIN: 'its host name could not be looked up',
  ECONNRESET: 'the connection broke off',
  UND_ERR_SOCKET: 'the connection broke off',
  UND_ERR_CONNECT_TIMEOUT: 'no connection came about in time',
  UND_ERR_HEADERS_TIMEOUT: 'it did not answer in time',
  UND_ERR_BODY_TIMEOUT: 'it went silent',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted',
  CERT_HAS_EXPIRED: 'its certificate has expired',
};

/** Translates a failed connection; its own message would tell the address. */
export function toUnreachable(error: unknown): ArgocdError {
  if (error instanceof ArgocdError) {
    return error;
  }
  const code = codeOf(error) ?? 'no code';
  const words = WORDS[code] ?? 'the connection failed';
  return new ArgocdError(
    'unreachable',
    `Argo CD could not be reached: ${words}`,
    code,
  );
}

/** The code of an error, or of the nearest cause that has one. */
function codeOf(error: unknown, depth: number = 0): string | undefined {
  // Errors of Node itself may come from another realm: no `instanceof`.
  if (!isError(error) || depth > 5) {
    return undefined;
  }
  if (typeof error.code === 'string') {
    return error.code;
  }
  // One for each address that was tried.
  const causes = Array.isArray(error.errors) ? error.errors : [error.cause];
  return codeOf(causes[0], depth + 1);
}
