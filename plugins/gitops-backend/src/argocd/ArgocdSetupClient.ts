import { type ArgocdCalls } from './ArgocdCalls';
import { ArgocdError } from './ArgocdError';
import { type CredentialFacts } from './ArgocdSession';
import { isKubernetesName } from './kubernetesNames';
import {
  type ArgoProject,
  type ArgoRepository,
  canIAnswer,
  project,
  repositoryList,
  userInfo,
  versionAnswer,
} from './setupSchema';

/** A right in the words of Argo CD's policies. */
export interface ArgoRight {
  readonly resource: string;
  readonly action: string;
  /** `*`, a name, or `<project>/*`. */
  readonly object: string;
}

/**
 * The part of Argo CD's API that tells how it is set up for the portal, and
 * what the portal's account may do.
 *
 * Every method throws an {@link ArgocdError} where the call fails.
 */
export class ArgocdSetupClient {
  readonly #calls: ArgocdCalls;

  constructor(calls: ArgocdCalls) {
    this.#calls = calls;
  }

  get credentials(): CredentialFacts {
    return this.#calls.credentials;
  }

  /** For example `v3.3.14+6c4ccbe`. */
  async version(signal: AbortSignal): Promise<string> {
    const answer = await this.#calls.json(versionAnswer, {
      base: 'api',
      path: ['version'],
      signal,
    });
    return answer.Version;
  }

  /** Whom Argo CD takes the credentials for; nobody where it refuses them. */
  async account(signal: AbortSignal): Promise<string | undefined> {
    const { loggedIn, username } = await this.#calls.json(userInfo, {
      path: ['session', 'userinfo'],
      signal,
    });
    return loggedIn ? username ?? '' : undefined;
  }

  async may(
    { resource, action, object }: ArgoRight,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { value } = await this.#calls.json(canIAnswer, {
      path: ['account', 'can-i', resource, action, ...object.split('/')],
      signal,
    });
    return value === 'yes';
  }

  async project(name: string, signal: AbortSignal): Promise<ArgoProject> {
    if (!isKubernetesName(name)) {
      throw new ArgocdError(
        'refused',
        'This is not the name of an AppProject',
        'invalid name',
      );
    }
    return this.#calls.json(project, { path: ['projects', name], signal });
  }

  /** Repositories that Argo CD has credentials or settings of its own for. */
  async repositories(signal: AbortSignal): Promise<ArgoRepository[]> {
    const { items } = await this.#calls.json(repositoryList, {
      path: ['repositories'],
      signal,
    });
    return items ?? [];
  }
}
