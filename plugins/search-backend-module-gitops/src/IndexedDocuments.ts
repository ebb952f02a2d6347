import {
  type AuthService,
  type DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import { type SearchResultSet } from '@backstage/plugin-search-common';
import {
  DEPLOYMENT_DOCUMENT,
  type DeploymentDocument,
  formatDeploymentResource,
} from '@callboard/backstage-plugin-gitops-common';
import { type DocumentOfIndex } from './DocumentOfIndex';

/** As many as the search lets have at once unless told otherwise. */
const PAGE = 100;

/** What the search knows at the moment, whichever engine keeps it. */
export class IndexedDocuments {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  /** The documents of an Argo CD instance. */
  async *ofInstance(instance: string): AsyncGenerator<DocumentOfIndex> {
    let cursor: string | undefined;
    do {
      const page = await this.#page(instance, cursor);
      for (const { document } of page?.results ?? []) {
        yield withAuthorization(document as DeploymentDocument);
      }
      cursor = page?.nextPageCursor;
    } while (cursor);
  }

  async #page(
    instance: string,
    cursor: string | undefined,
  ): Promise<SearchResultSet | undefined> {
    const query = new URLSearchParams({
      term: '',
      'types[0]': DEPLOYMENT_DOCUMENT,
      'filters[instance]': instance,
      pageLimit: String(PAGE),
      ...(cursor && { pageCursor: cursor }),
    });
    const baseUrl = await this.#discovery.getBaseUrl('search');
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: 'search',
    });
    const response = await fetch(`${baseUrl}/query?${query}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    if (response.ok) {
      return response.json();
    }
    const error = await ResponseError.fromResponse(response);
    // Nothing was ever indexed.
    if (error.cause.name === 'MissingIndexError') {
      return undefined;
    }
    throw error;
  }
}

/** The search keeps that to itself. */
function withAuthorization(document: DeploymentDocument): DocumentOfIndex {
  const resourceRef = formatDeploymentResource(document.deployment);
  return { ...document, authorization: { resourceRef } };
}
