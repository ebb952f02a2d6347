import { type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { type argoJson } from './argoApplication';
import { startHttpServer } from './startHttpServer';

type ArgoJson = ReturnType<typeof argoJson>;

interface ListedStatus {
  readonly sync: { readonly revision?: string };
  readonly health: object;
  readonly operationState?: {
    readonly phase?: string;
    readonly startedAt?: string;
    readonly finishedAt?: string;
  };
}

/**
 * Argo CD's list, stream and single reads over what the test puts in, with
 * the troubles that the sandbox's does not have: events that get lost, streams
 * that tell nothing.
 */
export class ScriptedArgocd {
  readonly requests: string[] = [];
  /** HTTP status of every answer. */
  status = 200;
  /** What it says where that is an error. */
  message = 'no';
  /** Tokens that are accepted; default: all. */
  token: string | undefined;
  /** Whether the stream tells the applications when it opens. */
  dumps = true;
  /** What lists wait for. */
  beforeList: Promise<void> = Promise.resolve();
  /** Whether lists tell the compared revision, as since Argo CD 3.5. */
  listsRevisions = true;
  /** Names of applications about which answers break off. */
  readonly broken = new Set<string>();
  /** How many answers about single applications were under way at once, at most. */
  mostAtOnce = 0;
  #underWay = 0;
  /** How long an answer about a single application takes. */
  detailsTakeMs = 0;
  /** What answers about single applications wait for. */
  beforeDetails: Promise<void> = Promise.resolve();
  /** Whether streams end as soon as they have begun. */
  endsStreams = false;
  /** By name; others are missing. */
  applicationSets: Record<string, object> = {};
  manifests: string[] = [];
  live: string[] = [];
  /** Of every application's resource tree. */
  nodes: object[] = [];
  /** What is told of every revision. */
  commit: object = {
    author: 'Maya <maya@acme.test>',
    date: '2026-01-02T03:00:00Z',
    message: 'Count again',
  };
  /** Answers instead of the usual ones, where the address has that part. */
  instead: Record<string, { status?: number; body: object }> = {};
  readonly #applications = new Map<string, ArgoJson>();
  readonly #streams = new Set<ServerResponse>();
  #server: Awaited<ReturnType<typeof startHttpServer>> | undefined;

  static async start(): Promise<ScriptedArgocd> {
    const argocd = new ScriptedArgocd();
    argocd.#server = await startHttpServer((req, res) =>
      argocd.#answer(req, res),
    );
    return argocd;
  }

  get url(): string {
    return this.#server?.url ?? '';
  }

  /** How often requests of this path, or part of one, came in. */
  count(path: string): number {
    return this.requests.filter(url => url.includes(path)).length;
  }

  put(application: ArgoJson, event: 'told' | 'lost' = 'told'): void {
    this.#applications.set(application.metadata.name, application);
    if (event === 'told') {
      this.#streams.forEach(stream =>
        tell(stream, { type: 'MODIFIED', application }),
      );
    }
  }

  remove(name: string, event: 'told' | 'lost' = 'told'): void {
    const application = this.#applications.get(name);
    this.#applications.delete(name);
    if (event === 'told') {
      this.#streams.forEach(stream =>
        tell(stream, { type: 'DELETED', application }),
      );
    }
  }

  dropStreams(): void {
    this.#streams.forEach(stream => stream.destroy());
    this.#streams.clear();
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
  }

  #answer(req: IncomingMessage, res: ServerResponse): void {
    const [path = ''] = (req.url ?? '').split('?');
    this.requests.push(req.url ?? '');
    const { authorization } = req.headers;
    if (this.token && authorization !== `Bearer ${this.token}`) {
      send(res, { code: 16, message: 'invalid session' }, 401);
    } else if (this.status !== 200) {
      send(res, { code: 16, message: this.message }, this.status);
    } else if (path.startsWith('/api/v1/stream/')) {
      this.#stream(res);
    } else if (!this.#answerInstead(req.url ?? '', res)) {
      this.#answerCall(path, res, req.url?.includes('project=') ?? false);
    }
  }

  #answerCall(
    path: string,
    res: ServerResponse,
    asksForProject: boolean,
  ): void {
    const [, , , kind, name = '', detail] = path.split('/');
    if (kind === 'applicationsets') {
      const { [name]: found } = this.applicationSets;
      send(res, found ?? { code: 5 }, found ? 200 : 404);
    } else if (name) {
      void this.#takeTime().then(() =>
        this.#answerAbout([name, detail], res, asksForProject),
      );
    } else {
      void this.beforeList.then(() => send(res, { items: this.#listed() }));
    }
  }

  #answerInstead(url: string, res: ServerResponse): boolean {
    const [, answer] =
      Object.entries(this.instead).find(([part]) => url.includes(part)) ?? [];
    if (answer) {
      send(res, answer.body, answer.status);
    }
    return answer !== undefined;
  }

  async #takeTime(): Promise<void> {
    this.#underWay += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#underWay);
    await this.beforeDetails;
    if (this.detailsTakeMs > 0) {
      await setTimeout(this.detailsTakeMs);
    }
    this.#underWay -= 1;
  }

  /** What a list knows of applications: no history, no conditions, no messages. */
  #listed(): object[] {
    return [...this.#applications.values()].map(
      ({ metadata, spec, status }) => {
        const { sync, health, operationState } = status as ListedStatus;
        const { revision, ...others } = sync;
        return {
          metadata,
          spec,
          status: {
            sync: this.listsRevisions ? { revision, ...others } : others,
            health,
            operationState: operationState && {
              phase: operationState.phase,
              startedAt: operationState.startedAt,
              finishedAt: operationState.finishedAt,
            },
          },
        };
      },
    );
  }

  #answerAbout(
    [name, detail]: [string, string | undefined],
    res: ServerResponse,
    asksForProject: boolean,
  ): void {
    const application = this.#applications.get(name);
    if (this.broken.has(name)) {
      res.destroy();
    } else if (!application) {
      send(res, { code: asksForProject ? 5 : 7 }, asksForProject ? 404 : 403);
    } else if (detail === 'manifests') {
      send(res, { manifests: this.manifests });
    } else if (detail === 'resource-tree') {
      send(res, { nodes: this.nodes });
    } else if (detail === 'revisions') {
      send(res, this.commit);
    } else if (detail === 'managed-resources') {
      send(res, { items: this.live.map(liveState => ({ liveState })) });
    } else {
      send(res, application);
    }
  }

  #stream(res: ServerResponse): void {
    this.#streams.add(res);
    if (this.dumps) {
      this.#applications.forEach(application =>
        tell(res, { type: 'ADDED', application }),
      );
    }
    if (this.endsStreams) {
      this.#streams.delete(res);
      res.end(':\n');
    }
  }
}

function send(res: ServerResponse, body: unknown, status = 200): void {
  res.writeHead(status, { 'Content-Type': 'application/json' });
  res.end(JSON.stringify(body));
}

function tell(stream: ServerResponse, result: unknown): void {
  stream.write(`data: ${JSON.stringify({ result })} \n\n\n`);
}
