import { type LoggerService } from '@backstage/backend-plugin-api';
import { type Octokit } from '@octokit/rest';
import { type RepositoryAddress } from './RepositoryAddress';
import {
  RepositoryRefusedError,
  UpstreamError,
  type UpstreamFailure,
} from './errors';

const WORDS: Record<UpstreamFailure, (doing: string) => string> = {
  unreachable: doing =>
    `The Git hosting did not answer while ${doing}. Try again; if it stays so, check that it is up and that the portal can reach it.`,
  unauthorised: doing =>
    `The Git hosting refused the portal's credentials while ${doing}. Renew them under integrations.github.`,
  limited: doing =>
    `The Git hosting asked the portal to slow down while ${doing}. Try again in a few minutes.`,
  failed: doing =>
    `The Git hosting refused a request while ${doing}. The backend's log has its answer.`,
};

/**
 * Calls GitHub's REST API about one repository. What goes wrong is logged here
 * and thrown on without its cause, which would show what only we may see.
 */
export class GithubCalls {
  readonly address: RepositoryAddress;
  readonly #octokit: Octokit;
  readonly #logger: LoggerService;

  constructor(options: {
    address: RepositoryAddress;
    octokit: Octokit;
    logger: LoggerService;
  }) {
    this.address = options.address;
    this.#octokit = options.octokit;
    this.#logger = options.logger;
  }

  get slug(): string {
    return `${this.address.owner}/${this.address.name}`;
  }

  /** What every request's parameters begin with. */
  get at(): { owner: string; repo: string } {
    return { owner: this.address.owner, repo: this.address.name };
  }

  /**
   * @param doing - completes "The Git hosting … while": `reading acme/cart`
   */
  async ask<T>(doing: string, call: GithubCall<T>): Promise<T> {
    const answer = await this.attempt(doing, { expected: [] }, call);
    // Nothing was expected, so nothing was refused.
    return answer.data as T;
  }

  /**
   * Asks; a status among the expected ones is an answer, not a failure.
   */
  async attempt<T>(
    doing: string,
    options: { expected: readonly number[] },
    call: GithubCall<T>,
  ): Promise<Answer<T>> {
    try {
      const { data, headers = {} } = await call(this.#octokit.rest);
      return { data, headers };
    } catch (error) {
      const refused = readRefusal(error);
      // A rate limit is a 403 too, and never an answer.
      const isAnswer =
        refused &&
        failureOf(refused) !== 'limited' &&
        options.expected.includes(refused.status);
      if (isAnswer) {
        return { refused };
      }
      throw this.#translate(doing, error, refused);
    }
  }

  /** Every page of a list. */
  async askAll<T>(
    doing: string,
    list: (octokit: Octokit) => Promise<T[]>,
  ): Promise<T[]> {
    const { data } = await this.attempt(doing, { expected: [] }, async () => ({
      data: await list(this.#octokit),
    }));
    return data ?? [];
  }

  #translate(doing: string, error: unknown, refused: Refused | undefined) {
    const failure = failureOf(refused);
    this.#logger.warn(`A call of the Git hosting failed while ${doing}`, {
      repository: this.slug,
      status: refused?.status,
      detail: error instanceof Error ? error.message : String(error),
    });
    if (!failure && refused?.status === 404) {
      return new RepositoryRefusedError(
        'missing',
        `There is no repository ${this.slug}, or the portal's account cannot see it. Create it, or give the account access.`,
      );
    }
    if (!failure && refused?.status === 403) {
      return new RepositoryRefusedError(
        'no-permission',
        `The portal's account may not do this with ${this.slug}: ${doing}. Give it write access to contents and pull requests.`,
      );
    }
    const kind = failure ?? 'failed';
    return new UpstreamError(kind, WORDS[kind](doing));
  }
}

/** A call of the REST API. */
export type GithubCall<T> = (
  rest: Octokit['rest'],
) => Promise<{ readonly data: T; readonly headers?: Headers }>;

type Headers = Readonly<Record<string, string | number | undefined>>;

/** An answer, or an expected refusal. */
type Answer<T> =
  | {
      readonly data: T;
      readonly headers: Headers;
      readonly refused?: undefined;
    }
  | {
      readonly data?: undefined;
      readonly headers?: undefined;
      readonly refused: Refused;
    };

/** How the Git hosting said no. */
interface Refused {
  readonly status: number;
  /** Its own words; they may name what our caller must not see. */
  readonly message: string;
}

// By shape: several versions of Octokit's error class live in a portal.
function readRefusal(error: unknown): Refused | undefined {
  if (!(error instanceof Error) || !('status' in error)) {
    return undefined;
  }
  const { status } = error;
  return typeof status === 'number'
    ? { status, message: error.message }
    : undefined;
}

function failureOf(refused: Refused | undefined): UpstreamFailure | undefined {
  if (!refused || refused.status >= 500) {
    return 'unreachable';
  }
  if (refused.status === 401) {
    return 'unauthorised';
  }
  return refused.status === 429 || /rate limit/i.test(refused.message)
    ? 'limited'
    : undefined;
}
