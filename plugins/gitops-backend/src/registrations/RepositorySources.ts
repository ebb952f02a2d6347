import { type Source } from '@callboard/backstage-plugin-gitops-common';
import { sourceStateOf, wordsOf } from './sourceState';

/**
 * How well repositories could be read the last time, and since when.
 */
export class RepositorySources {
  readonly #sources = new Map<string, Source>();

  /** @param slug - `owner/name` */
  wentWell(url: string, slug: string): Source {
    return this.#tell(url, { name: nameOf(slug), state: 'ok' });
  }

  failed(url: string, slug: string, error: unknown): Source {
    return this.#tell(url, {
      name: nameOf(slug),
      state: sourceStateOf(error),
      message: wordsOf(error),
    });
  }

  get(url: string): Source | undefined {
    return this.#sources.get(url);
  }

  #tell(url: string, now: Omit<Source, 'since'>): Source {
    const before = this.#sources.get(url);
    const since =
      before?.state === now.state ? before.since : new Date().toISOString();
    const source = { ...now, since };
    this.#sources.set(url, source);
    return source;
  }
}

function nameOf(slug: string): string {
  return `repository:${slug}`;
}
