import { type ArgocdScope } from '@callboard/backstage-plugin-gitops-node';
import {
  type ApplicationName,
  applicationPath,
  type ArgocdCalls,
  checkedName,
  scopeOf,
} from './ArgocdCalls';
import { toUnreachable } from './ArgocdTransport';
import {
  type ApplicationEvent,
  parseApplications,
  parseEvent,
} from './answers';
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
  argoApplicationSet,
  type ArgoApplicationSet,
  managedResources,
  manifestAnswer,
} from './schema';

const MIB = 1024 * 1024;
const MAX_LIST_BYTES = 512 * MIB;
const MAX_EVENT_BYTES = 16 * MIB;

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
  readonly #calls: ArgocdCalls;
  readonly #scope: Record<string, string | readonly string[]>;

  /** @param scope - which applications are listed and followed; all otherwise. */
  constructor(calls: ArgocdCalls, scope?: ArgocdScope) {
    this.#calls = calls;
    this.#scope = {
      ...(scope && { projects: scope.projects }),
      ...(scope?.selector && { selector: scope.selector }),
    };
  }

  /** All applications of the scope that the account may see, without status details. */
  async list(signal?: AbortSignal): Promise<ArgoApplication[]> {
    const answer = await this.#calls.json(applicationList, {
      path: ['applications'],
      query: { ...this.#scope, fields: LIST_FIELDS },
      maxBytes: MAX_LIST_BYTES,
      signal,
    });
    return parseApplications(answer.items ?? []);
  }

  /** One application, with the health of its resources. */
  async get(name: ApplicationName): Promise<ArgoApplication> {
    return this.#calls.json(argoApplication, {
      path: applicationPath(name),
      query: scopeOf(name),
    });
  }

  /** What generates applications; asks for `applicationsets, get`. */
  async applicationSet(name: ApplicationName): Promise<ArgoApplicationSet> {
    return this.#calls.json(argoApplicationSet, {
      path: ['applicationsets', checkedName(name.name)],
      query: { appsetNamespace: checkedName(name.namespace) },
    });
  }

  /** The rendered manifests at a revision, as JSON. */
  async manifests(
    name: ApplicationName,
    at: RenderedRevision,
  ): Promise<readonly string[]> {
    const { manifests } = await this.#calls.json(manifestAnswer, {
      path: [...applicationPath(name), 'manifests'],
      query:
        'revision' in at
          ? { ...scopeOf(name), revision: at.revision }
          : {
              ...scopeOf(name),
              revisions: at.revisions,
              sourcePositions: at.revisions.map((_, index) => `${index + 1}`),
            },
    });
    return manifests ?? [];
  }

  /** The live state of the managed resources, as JSON; hooks excluded. */
  async liveResources(name: ApplicationName): Promise<readonly string[]> {
    const { items } = await this.#calls.json(managedResources, {
      path: [...applicationPath(name), 'managed-resources'],
      query: { ...scopeOf(name), fields: MANAGED_RESOURCE_FIELDS },
    });
    return (items ?? []).flatMap(({ hook, liveState }) =>
      hook || !liveState ? [] : [liveState],
    );
  }

  /**
   * Follows all applications of the scope: first each as it is, then every change. Ends
   * when the server ends it.
   *
   * @param onBytes - called for every sign of life, keep-alives too.
   */
  async *watch(options: {
    signal: AbortSignal;
    onBytes: () => void;
  }): AsyncGenerator<ApplicationEvent> {
    const { body } = await this.#calls.send({
      path: ['stream', 'applications'],
      query: { ...this.#scope, fields: STREAM_FIELDS },
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
}

async function* emptyBody(): AsyncGenerator<Uint8Array> {}
