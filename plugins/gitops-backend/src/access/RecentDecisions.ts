import {
  type AuthService,
  type BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { LRUCache } from 'lru-cache';
import {
  type DeploymentAuthorizer,
  type DeploymentDecisions,
} from './DeploymentAuthorizer';

/** People whose decisions are remembered at a time. */
const MOST_PEOPLE = 1_000;

/**
 * What the permission framework says of lists of deployments, or said of the
 * same person a moment ago: a page asks for many lists, and each time the
 * framework asks for the person's groups, signs tokens and answers for nine
 * permissions.
 */
export class RecentDecisions {
  readonly #authorizer: DeploymentAuthorizer;
  readonly #auth: AuthService;
  readonly #decisions?: LRUCache<
    string,
    DeploymentDecisions,
    BackstageCredentials
  >;

  /** @param options - `ttlMs`: for how long decisions are remembered; 0: not at all */
  constructor(options: {
    authorizer: DeploymentAuthorizer;
    auth: AuthService;
    ttlMs: number;
  }) {
    const { authorizer, auth, ttlMs: ttl } = options;
    this.#authorizer = authorizer;
    this.#auth = auth;
    // To the cache, a duration of 0 is without end.
    if (ttl > 0) {
      this.#decisions = new LRUCache({
        max: MOST_PEOPLE,
        ttl,
        fetchMethod: (_, __, { context }) => authorizer.decide(context),
      });
    }
  }

  /** @throws NotAllowedError for somebody who may see no deployment at all. */
  async decide(
    credentials: BackstageCredentials,
  ): Promise<DeploymentDecisions> {
    const person = this.#personOf(credentials);
    return this.#decisions && person
      ? this.#decisions.forceFetch(person, { context: credentials })
      : this.#authorizer.decide(credentials);
  }

  /** Nothing where it is no person: of services the framework need not be asked. */
  #personOf(credentials: BackstageCredentials): string | undefined {
    if (!this.#auth.isPrincipal(credentials, 'user')) {
      return undefined;
    }
    const { userEntityRef, actor } = credentials.principal;
    return JSON.stringify([userEntityRef, actor?.subject]);
  }
}
