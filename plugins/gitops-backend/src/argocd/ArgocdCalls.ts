import { type Response } from 'undici';
import { type z } from 'zod/v4';
import { ArgocdError } from './ArgocdError';
import {
  type ArgocdAuth,
  ArgocdSession,
  type CredentialFacts,
} from './ArgocdSession';
import {
  type ArgocdTimeouts,
  ArgocdTransport,
  type Patience,
} from './ArgocdTransport';
import { accepted, readJson } from './answers';
import { isKubernetesName } from './kubernetesNames';
import { sessionAnswer } from './schema';

const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
const MAX_SESSION_BYTES = 64 * 1024;

// Argo CD compares the whole value, a charset is refused. It wants it of
// everything that is no GET, also where there is no body.
const JSON_CONTENT = { 'Content-Type': 'application/json' };

/** What names an application at its instance. */
export interface ApplicationName {
  readonly namespace: string;
  readonly name: string;
  readonly project?: string;
}

interface Call {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** Below `/api/v1`, or what `base` says; every segment is encoded. */
  readonly path: readonly string[];
  readonly base?: 'api' | 'api/v1';
  readonly query?: Record<string, string | readonly string[]>;
  readonly body?: unknown;
  readonly accept?: string;
  readonly patience?: Patience;
  readonly signal?: AbortSignal;
}

/**
 * Calls of one Argo CD instance's API, with its credentials. Every method
 * throws an {@link ArgocdError} where the call fails.
 */
export class ArgocdCalls {
  readonly #apiUrl: string;
  readonly #transport: ArgocdTransport;
  #session: ArgocdSession;

  constructor(options: {
    apiUrl: string;
    auth: ArgocdAuth;
    timeouts?: ArgocdTimeouts;
    /** Told the size of all that arrives, in bytes. */
    onReceived?: (bytes: number) => void;
  }) {
    this.#apiUrl = options.apiUrl.replace(/\/+$/, '');
    this.#transport = new ArgocdTransport(options.timeouts, options.onReceived);
    this.#session = this.#createSession(options.auth);
  }

  /** Uses other credentials from now on. */
  authenticate(auth: ArgocdAuth): void {
    this.#session = this.#createSession(auth);
  }

  /** What is known of the credentials without showing them. */
  get credentials(): CredentialFacts {
    return this.#session.facts;
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }

  async json<T>(
    schema: z.ZodType<T>,
    call: Call & { maxBytes?: number },
  ): Promise<T> {
    const response = await this.send(call);
    return readJson(schema, response, call.maxBytes ?? MAX_ANSWER_BYTES);
  }

  /** The answer, if Argo CD accepted the request; its body is not read yet. */
  async send(call: Call): Promise<Response> {
    const token = await this.#session.token();
    const response = await this.#sendWith(token, call);
    if (response.status === 401 && this.#session.discard(token)) {
      await response.body?.cancel();
      const renewed = await this.#session.token();
      return this.#accepted(await this.#sendWith(renewed, call), renewed);
    }
    return this.#accepted(response, token);
  }

  #accepted(response: Response, credential: string): Promise<Response> {
    const { origin, host } = new URL(this.#apiUrl);
    return accepted(response, [credential, origin, host]);
  }

  #sendWith(token: string, call: Call): Promise<Response> {
    const { method = 'GET', body } = call;
    return this.#transport.send(this.#url(call), {
      method,
      headers: {
        Accept: call.accept ?? 'application/json',
        Authorization: `Bearer ${token}`,
        ...(method !== 'GET' && JSON_CONTENT),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      patience: call.patience ?? 'call',
      signal: call.signal,
    });
  }

  #createSession(auth: ArgocdAuth): ArgocdSession {
    return new ArgocdSession({
      auth,
      login: (username, password) => this.#logIn(username, password),
    });
  }

  async #logIn(username: string, password: string): Promise<string> {
    const response = await this.#transport.send(
      this.#url({ path: ['session'] }),
      {
        method: 'POST',
        headers: { Accept: 'application/json', ...JSON_CONTENT },
        body: JSON.stringify({ username, password }),
        patience: 'call',
      },
    );
    const answer = await readJson(
      sessionAnswer,
      await this.#accepted(response, password),
      MAX_SESSION_BYTES,
    );
    return answer.token;
  }

  #url(call: Pick<Call, 'path' | 'query' | 'base'>): URL {
    const path = call.path.map(encodeURIComponent).join('/');
    const url = new URL(`${this.#apiUrl}/${call.base ?? 'api/v1'}/${path}`);
    for (const [key, value] of Object.entries(call.query ?? {})) {
      for (const one of typeof value === 'string' ? [value] : value) {
        url.searchParams.append(key, one);
      }
    }
    return url;
  }
}

/** Where an application is in the API. */
export function applicationPath({ name }: ApplicationName): string[] {
  return ['applications', checkedName(name)];
}

/**
 * The parameters that say which application is meant. Without the project Argo
 * CD answers 403 for an application that is missing.
 */
export function scopeOf({
  namespace,
  project,
}: ApplicationName): Record<string, string> {
  return {
    appNamespace: checkedName(namespace),
    ...(project && { project: checkedName(project) }),
  };
}

/**
 * The name, if it is one.
 *
 * @throws ArgocdError otherwise: it must not become part of another path.
 */
export function checkedName(name: string): string {
  if (!isKubernetesName(name)) {
    throw new ArgocdError(
      'refused',
      'This is not the name of an Argo CD object',
      'invalid name',
    );
  }
  return name;
}
