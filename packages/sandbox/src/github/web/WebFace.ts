import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type Site } from '../Site';
import { send } from '../http/Reply';

/** Pages for people, and plain files. */
export class WebFace {
  readonly #site: Site;

  constructor(site: Site) {
    this.#site = site;
  }

  async serve(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
  ): Promise<void> {
    const reply = await this.#answer(url);
    await send(request, response, reply);
  }

  async #answer(url: URL) {
    const { archive } = await import('../rest/archives');
    const match = /^\/([^/]+)\/([^/]+)\/legacy\.tar\.gz\/(.*)$/.exec(
      url.pathname,
    );
    if (match) {
      const [, owner = '', name = '', ref = ''] = match;
      return archive(this.#site, { owner, name, ref: decodeURIComponent(ref) });
    }
    return { status: 404, body: 'Not Found' };
  }
}
