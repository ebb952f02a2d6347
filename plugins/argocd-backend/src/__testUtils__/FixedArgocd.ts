import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo } from 'node:net';

/** An Application, as Argo CD's API tells it. */
export interface ArgoJson {
  readonly metadata: { readonly name: string; readonly [key: string]: unknown };
  readonly spec: object;
  readonly status?: object;
}

/** Argo CD's API over applications that never change. */
export class FixedArgocd {
  readonly requests: string[] = [];
  /** Revisions that it cannot tell anything about. */
  readonly lost = new Set<string>();
  readonly #applications: ReadonlyMap<string, ArgoJson>;
  #server: Server | undefined;

  constructor(applications: readonly ArgoJson[]) {
    this.#applications = new Map(
      applications.map(each => [each.metadata.name, each]),
    );
  }

  async start(): Promise<void> {
    const server = createServer((req, res) => this.#answer(req, res));
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    this.#server = server;
  }

  get url(): string {
    const { port } = this.#server?.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    const closed = new Promise(resolve => this.#server?.close(resolve));
    this.#server?.closeAllConnections();
    await closed;
  }

  #answer(req: IncomingMessage, res: ServerResponse): void {
    const [path = ''] = (req.url ?? '').split('?');
    this.requests.push(req.url ?? '');
    const applications = [...this.#applications.values()];
    if (path === '/api/v1/stream/applications') {
      for (const application of applications) {
        const result = { type: 'ADDED', application };
        res.write(`data: ${JSON.stringify({ result })}\n\n`);
      }
    } else if (path === '/api/v1/applications') {
      send(res, { items: applications });
    } else {
      this.#answerAbout(path.split('/').slice(4), res);
    }
  }

  #answerAbout(
    [name = '', detail, revision = '']: string[],
    res: ServerResponse,
  ): void {
    const application = this.#applications.get(name);
    if (!application) {
      send(res, { code: 7, message: 'permission denied' }, 403);
    } else if (detail === 'revisions') {
      this.#tellCommit(revision, res);
    } else if (detail === 'manifests') {
      send(res, { manifests: [deploymentOf(name)] });
    } else if (detail === 'managed-resources') {
      const live = application.status ? [deploymentOf(name)] : [];
      send(res, { items: live.map(liveState => ({ liveState })) });
    } else {
      send(res, application);
    }
  }

  #tellCommit(revision: string, res: ServerResponse): void {
    if (this.lost.has(revision)) {
      send(res, { code: 2, message: 'no such commit in http://10.1.2.3' }, 500);
      return;
    }
    send(res, {
      author: 'Maya <maya@acme.test>',
      date: '2026-01-02T03:00:00Z',
      message: `Change ${revision.slice(0, 3)}`,
    });
  }
}

function send(res: ServerResponse, body: unknown, status = 200): void {
  res.writeHead(status, { 'Content-Type': 'application/json' });
  res.end(JSON.stringify(body));
}

function deploymentOf(name: string): string {
  return JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      template: {
        spec: {
          containers: [{ name, image: `ghcr.io/acme/${name}:1.0.1` }],
        },
      },
    },
  });
}
