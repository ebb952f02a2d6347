import { type ArgocdError } from './ArgocdError';

/** How the backend proves who it is to an Argo CD instance. */
export type ArgocdAuth =
  | { readonly token: string }
  | { readonly username: string; readonly password: string };

/** What may be said about credentials. */
export interface CredentialFacts {
  readonly kind: 'token' | 'login';
  /** When the configured token ends, if it does; ISO 8601, UTC. */
  readonly expiresAt?: string;
}

/** Argo CD locks an account out after five failed logins in five minutes. */
const LOGIN_PAUSE_MS = 75_000;
const RENEW_BEFORE_MS = 5 * 60_000;
/** Where a token does not tell when it ends. */
const ASSUMED_LIFETIME_MS = 60 * 60_000;

/**
 * The token for an instance: the configured one, or one from a login, which
 * is kept until shortly before it ends. Never one login for each request:
 * more than fifty at once make Argo CD refuse everybody.
 */
export class ArgocdSession {
  readonly #auth: ArgocdAuth;
  readonly #login: (name: string, password: string) => Promise<string>;
  readonly #now: () => number;
  #session: { token: string; renewAt: number } | undefined;
  #pending: Promise<string> | undefined;
  #refused: { error: ArgocdError; until: number } | undefined;

  constructor(options: {
    auth: ArgocdAuth;
    login: (username: string, password: string) => Promise<string>;
    now?: () => number;
  }) {
    this.#auth = options.auth;
    this.#login = options.login;
    this.#now = options.now ?? Date.now;
  }

  get facts(): CredentialFacts {
    if (!('token' in this.#auth)) {
      return { kind: 'login' };
    }
    const expiry = readExpiry(this.#auth.token);
    return {
      kind: 'token',
      ...(expiry !== undefined && {
        expiresAt: new Date(expiry).toISOString(),
      }),
    };
  }

  async token(): Promise<string> {
    if ('token' in this.#auth) {
      return this.#auth.token;
    }
    if (this.#session && this.#now() < this.#session.renewAt) {
      return this.#session.token;
    }
    if (this.#refused && this.#now() < this.#refused.until) {
      throw this.#refused.error;
    }
    this.#pending ??= this.#logIn(this.#auth).finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  /**
   * Tells that Argo CD refused a token.
   *
   * @returns whether another one may be had.
   */
  discard(token: string): boolean {
    if ('token' in this.#auth) {
      return false;
    }
    if (this.#session?.token === token) {
      this.#session = undefined;
    }
    return true;
  }

  async #logIn(auth: { username: string; password: string }): Promise<string> {
    try {
      const token = await this.#login(auth.username, auth.password);
      this.#session = { token, renewAt: this.#renewAt(token) };
      this.#refused = undefined;
      return token;
    } catch (error) {
      const refusal = error as ArgocdError;
      if (['unauthorised', 'forbidden'].includes(refusal.failure)) {
        this.#refused = {
          error: refusal,
          until: this.#now() + LOGIN_PAUSE_MS,
        };
      }
      throw error;
    }
  }

  #renewAt(token: string): number {
    const now = this.#now();
    const end = readExpiry(token) ?? now + ASSUMED_LIFETIME_MS;
    // A short-lived token is used for half of its life at least.
    return Math.max(end - RENEW_BEFORE_MS, now + (end - now) / 2);
  }
}

/** When a JSON web token ends, in milliseconds; it is not verified. */
function readExpiry(token: string): number | undefined {
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url');
    const { exp } = JSON.parse(payload.toString('utf8')) as { exp?: unknown };
    return typeof exp === 'number' ? exp * 1000 : undefined;
  } catch {
    return undefined;
  }
}
