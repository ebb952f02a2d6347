import { ServiceUnavailableError } from '@backstage/errors';

/** An answer of the Git hosting, whatever its status. */
interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

/** The public REST API of one repository, spoken with one account's token. */
export class RepositoryApi {
  readonly #base: string;
  readonly #token: string;

  constructor(gitUrl: string, repository: string, token: string) {
    this.#base = `${gitUrl}/api/v3/repos/${repository}`;
    this.#token = token;
  }

  /**
   * Asks and returns the answer's body.
   *
   * @throws ServiceUnavailableError for every answer that is not a success.
   */
  async ask<T>(request: string, body?: object): Promise<T> {
    const answer = await this.try<T>(request, body);
    if (answer.status >= 300) {
      throw new ServiceUnavailableError(
        `${request}: ${answer.status} ${JSON.stringify(answer.body)}`,
      );
    }
    return answer.body;
  }

  /** Asks; `request` is for example `PATCH git/refs/heads/main`. */
  async try<T>(request: string, body?: object): Promise<Answer<T>> {
    const [method = 'GET', path = ''] = request.split(' ', 2);
    const response = await fetch(`${this.#base}/${path}`, {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${this.#token}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    const parsed = (text ? JSON.parse(text) : undefined) as T;
    return { status: response.status, body: parsed };
  }

  /** The file's text at the commit; undefined where there is none. */
  async text(path: string, ref: string): Promise<string | undefined> {
    const request = `GET contents/${path}?ref=${encodeURIComponent(ref)}`;
    const { status, body } = await this.try<{ content?: string }>(request);
    if (status === 404) {
      return undefined;
    }
    if (status !== 200 || body.content === undefined) {
      throw new ServiceUnavailableError(
        `${request}: ${status} ${JSON.stringify(body)}`,
      );
    }
    return Buffer.from(body.content, 'base64').toString('utf8');
  }
}
