/** What a person sees and does in the Git hosting. */
export class HostingClient {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async text(repository: string, path: string): Promise<string | undefined> {
    const response = await fetch(
      `${this.#url}/api/v3/repos/acme/${repository}/contents/${path}`,
      { headers: { accept: 'application/vnd.github.raw' } },
    );
    return response.ok ? response.text() : undefined;
  }

  /** Asks as a person; `asked` is for example `GET gitops-infra/pulls`. */
  async ask<T>(login: string, asked: string, body?: object): Promise<T> {
    const [method, path] = asked.split(' ');
    const response = await fetch(`${this.#url}/api/v3/repos/acme/${path}`, {
      method,
      headers: {
        authorization: `Bearer sandbox-${login}`,
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new TypeError(`${asked}: ${response.status} ${text}`);
    }
    return text && JSON.parse(text);
  }

  async approve(number: number, login: string = 'jonas'): Promise<void> {
    const asked = `POST gitops-infra/pulls/${number}/reviews`;
    await this.ask(login, asked, { event: 'APPROVE' });
  }

  /** Approves a pull request of the platform repository and merges it. */
  async merge(number: number, login: string = 'jonas'): Promise<void> {
    await this.approve(number, login);
    await this.ask(login, `PUT gitops-infra/pulls/${number}/merge`, {});
  }

  /** Whether it merges, as the Git hosting says. */
  async isMergeable(number: number): Promise<boolean> {
    const asked = `GET gitops-infra/pulls/${number}`;
    const pull = await this.ask<{ mergeable: boolean | null }>('maya', asked);
    return pull.mergeable === true;
  }
}
