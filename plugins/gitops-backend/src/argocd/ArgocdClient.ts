import { type Response } from 'undici';
import { type z } from 'zod/v4';
import { ArgocdError } from './ArgocdError';
import { type ArgocdAuth, ArgocdSession } from './ArgocdSession';
import {
  type ArgocdTimeouts,
  ArgocdTransport,
  type Patience,
  toUnreachable,
} from './ArgocdTransport';
import {
  type ApplicationEvent,
  accepted,
  parseApplications,
  parseEvent,
  readJson,
} from './answers';
import { isKubernetesName } from './kubernetesNames';
import {
  LIST_FIELDS,
  MANAGED_RESOURCE_FIELDS,
  STREAM_FIELDS,
} from './projections';
import { readServerSentEvents } from './readServerSentEvents';
import {
  applicationList,
  argoApplication,
  type ArgoApplication,
  managedResources,
  manifestAnswer,
  sessionAnswer,
} from './schema';

const MIB = 1024 * 1024;
const MAX_LIST_BYTES = 512 * MIB;
const MAX_ANSWER_BYTES = 64 * MIB;
const MAX_EVENT_BYTES = 16 * MIB;
const MAX_SESSION_BYTES = 64 * 1024;

/** What names an application at its instance. */
interface ApplicationName {
  readonly namespace: string;
  readonly name: string;
  readonly project?: string;
}

/** A revision to render; one for each source where there are several. */
type RenderedRevision =
  | { readonly revision: string }
  | { readonly revisions: readonly string[] };

/**
 * Argo CD's HTTP API, as far as it is used here; see
 * https://argo-cd.readthedocs.io/en/stable/developer-guide/api-docs/
 *
 * Every method throws an {@link ArgocdError} where the call fails.
 */
export class ArgocdClient {
  readonly #apiUrl: string;
  readonly #transport: ArgocdTransport;
  #session: ArgocdSession;

  constructor(options: {
    apiUrl: string;
    auth: ArgocdAuth;
    timeouts?: ArgocdTimeouts;
  }) {
    this.#apiUrl = options.apiUrl.replace(/\/+$/, '');
    this.#transport = new ArgocdTransport(options.timeouts);
    this.#session = this.#createSession(options.auth);
  }

  /** Uses other credentials from now on. */
  authenticate(auth: ArgocdAuth): void {
    this.#session = this.#createSession(auth);
  }

  /** All applications that the account may see, without status details. */
  async list(signal?: AbortSignal): Promise<ArgoApplication[]> {
    const answer = await this.#getJson(applicationList, {
      path: ['applications'],
      query: { fields: LIST_FIELDS },
      maxBytes: MAX_LIST_BYTES,
      signal,
    });
    return parseApplications(answer.items ?? []);
  }

  /** One application, with the health of its resources. */
  async get(name: ApplicationName): Promise<ArgoApplication> {
    return this.#getJson(argoApplication, {
      path: applicationPath(name),
      query: scope(name),
    });
  }

  /** Makes Argo CD look at the application's source, and waits until it has. */
  async refresh(name: ApplicationName): Promise<void> {
    await this.#getJson(argoApplication, {
      path: applicationPath(name),
      query: { ...scope(name), refresh: 'normal' },
      patience: 'refresh',
    });
  }

  /** The rendered manifests at a revision, as JSON. */
  async manifests(
    name: ApplicationName,
    at: RenderedRevision,
  ): Promise<readonly string[]> {
    const { manifests } = await this.#getJson(manifestAnswer, {
      path: [...applicationPath(name), 'manifests'],
      query:
        'revision' in at
          ? { ...scope(name), revision: at.revision }
          : {
              ...scope(name),
              revisions: at.revisions,
              sourcePositions: at.revisions.map((_, index) => `${index + 1}`),
            },
    });
    return manifests ?? [];
  }

  /** The live state of the managed resources, as JSON; hooks excluded. */
  async liveResources(name: ApplicationName): Promise<readonly string[]> {
    const { items } = await this.#getJson(managedResources, {
      path: [...applicationPath(name), 'managed-resources'],
      query: { ...scope(name), fields: MANAGED_RESOURCE_FIELDS },
    });
    return (items ?? []).flatMap(({ hook, liveState }) =>
      hook || !liveState ? [] : [liveState],
    );
  }

  /**
   * Follows all applications: first each as it is, then every change. Ends
   * when the server ends it.
   *
   * @param onBytes - called for every sign of life, keep-alives too.
   */
  async *watch(options: {
    signal: AbortSignal;
    onBytes: () => void;
  }): AsyncGenerator<ApplicationEvent> {
    const { body } = await this.#send({
      path: ['stream', 'applications'],
      query: { fields: STREAM_FIELDS },
      accept: 'text/event-stream',
      patience: 'stream',
      signal: options.signal,
    });
    try {
      const events = readServerSentEvents(body ?? emptyBody(), {
        maxEventBytes: MAX_EVENT_BYTES,
        onBytes: options.onBytes,
      });
      for await (const event of events) {
        const change = parseEvent(event);
        if (change) {
          yield change;
        }
      }
    } catch (error) {
      throw toUnreachable(error);
    }
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }

  #createSession(auth: ArgocdAuth): ArgocdSession {
    return new ArgocdSession({
      auth,
      login: (username, password) => this.#logIn(username, password),
    });
  }

  async #getJson<T>(
    schema: z.ZodType<T>,
    call: Call & { maxBytes?: number },
  ): Promise<T> {
    const response = await this.#send(call);
    return readJson(schema, response, call.maxBytes ?? MAX_ANSWER_BYTES);
  }

  async #send(call: Call): Promise<Response> {
    const token = await this.#session.token();
    const response = await this.#sendWith(token, call);
    if (response.status === 401 && this.#session.discard(token)) {
      await response.body?.cancel();
      return accepted(await this.#sendWith(await this.#session.token(), call));
    }
    return accepted(response);
  }

  #sendWith(token: string, call: Call): Promise<Response> {
    return this.#transport.send(this.#url(call), {
      headers: {
        Accept: call.accept ?? 'application/json',
        Authorization: `Bearer ${token}`,
      },
      patience: call.patience ?? 'call',
      signal: call.signal,
    });
  }

  async #logIn(username: string, password: string): Promise<string> {
    const response = await this.#transport.send(
      this.#url({ path: ['session'] }),
      {
        method: 'POST',
        headers: {
          Accept: 'application/json',
          // Argo CD compares the whole value, a charset is refused.
          'Content-Type': 'application/json',
        },
        body: JSON.stringify({ username, password }),
        patience: 'call',
      },
    );
    const answer = await readJson(
      sessionAnswer,
      await accepted(response),
      MAX_SESSION_BYTES,
    );
    return answer.token;
  }

  #url(call: Pick<Call, 'path' | 'query'>): URL {
    const path = call.path.map(encodeURIComponent).join('/');
    const url = new URL(`${this.#apiUrl}/api/v1/${path}`);
    for (const [key, value] of Object.entries(call.query ?? {})) {
      for (const one of typeof value === 'string' ? [value] : value) {
        url.searchParams.append(key, one);
      }
    }
    return url;
  }
}

interface Call {
  readonly path: readonly string[];
  readonly query?: Record<string, string | readonly string[]>;
  readonly accept?: string;
  readonly patience?: Patience;
  readonly signal?: AbortSignal;
}

function applicationPath({ name }: ApplicationName): string[] {
  return ['applications', checkedName(name)];
}

// Without the project Argo CD answers 403 for an application that is missing.
function scope({
  namespace,
  project,
}: ApplicationName): Record<string, string> {
  return {
    appNamespace: checkedName(namespace),
    ...(project && { project: checkedName(project) }),
  };
}

function checkedName(name: string): string {
  if (!isKubernetesName(name)) {
    throw new ArgocdError(
      'refused',
      'This is not the name of an Argo CD application',
      'invalid name',
    );
  }
  return name;
}

async function* emptyBody(): AsyncGenerator<Uint8Array> {}
