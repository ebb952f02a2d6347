import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClusterState } from '../../cluster/Cluster';
import { type KubeObject } from '../../cluster/KubeObject';
import {
  createImageRegistry,
  type ImageRegistry,
} from '../../registry/ImageRegistry';
import { type Application } from '../Application';
import { type ArgoCd, type ArgoCdOptions, startArgoCd } from '../ArgoCd';
import { SANDBOX_ARGOCD_TOKEN } from '../api/tokens';
import { GitWorld } from './GitWorld';
import { application, kustomization, PROD, project } from './manifests';

interface Reply<Body> {
  status: number;
  type: string | null;
  text: string;
  body: Body;
}

/** A simulated Argo CD on real repositories, spoken to as the portal does. */
export class TestArgoCd {
  readonly folder: string;
  readonly git: GitWorld;
  readonly registry: ImageRegistry;
  readonly #options: Partial<ArgoCdOptions>;
  #argocd: ArgoCd | undefined;

  constructor(options: Partial<ArgoCdOptions> = {}) {
    this.folder = mkdtempSync(join(tmpdir(), 'sandbox-argocd-'));
    this.git = new GitWorld(join(this.folder, 'git'));
    this.registry = createImageRegistry({ dataDir: this.folder });
    this.#options = options;
  }

  get server(): ArgoCd {
    if (!this.#argocd) throw new TypeError('not started');
    return this.#argocd;
  }

  /** A platform repository whose root application lists the given files. */
  platform(files: Record<string, string>): string {
    return this.git.commit('infra', {
      'bootstrap/project.yaml': project('platform', 'file://**', '*'),
      'bootstrap/root.yaml': application(
        'root',
        { repoURL: this.git.url('infra'), path: 'apps' },
        {
          project: 'platform',
          finalizer: false,
          server: 'https://kubernetes.default.svc',
          namespace: 'argocd',
        },
      ),
      'apps/project.yaml': project('services', 'file://**', PROD.server),
      ...this.listed(files),
    });
  }

  /** The root's kustomization together with the files it lists. */
  listed(files: Record<string, string>): Record<string, string> {
    const names = ['project.yaml', ...Object.keys(files)];
    return {
      'apps/kustomization.yaml': kustomization(names),
      ...Object.fromEntries(
        Object.entries(files).map(([name, text]) => [`apps/${name}`, text]),
      ),
    };
  }

  async start(): Promise<void> {
    this.#argocd = await startArgoCd({
      dataDir: this.folder,
      port: 0,
      log: () => {},
      registry: this.registry,
      git: { url: 'http://localhost:1', token: 'sandbox-argocd' },
      clusters: [PROD],
      bootstrap: {
        repoURL: this.git.url('infra'),
        paths: ['bootstrap/project.yaml', 'bootstrap/root.yaml'],
      },
      readyAfterMs: 50,
      progressDeadlineMs: 400,
      ...this.#options,
    });
    await this.#argocd.reconcileAll();
  }

  async stop(): Promise<void> {
    await this.#argocd?.stop();
    this.#argocd = undefined;
  }

  async cleanUp(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async call<Body = Record<string, unknown>>(
    path: string,
    init: RequestInit = {},
  ): Promise<Reply<Body>> {
    const response = await fetch(`${this.server.url}${path}`, {
      ...init,
      headers: {
        authorization: `Bearer ${SANDBOX_ARGOCD_TOKEN}`,
        ...(init.method ? { 'content-type': 'application/json' } : {}),
        ...init.headers,
      },
    });
    const text = await response.text();
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      text,
      body: parse(text) as Body,
    };
  }

  async app(name: string, query = ''): Promise<Application> {
    const path = `/api/v1/applications/${name}${query}`;
    const reply = await this.call<Application>(path);
    if (reply.status !== 200) throw new TypeError(reply.text);
    return reply.body;
  }

  /** The kinds, among these, of what a stopped Argo CD left in the file of a cluster. */
  stored(cluster: string, kinds: readonly string[]): string[] {
    return this.#state(cluster)
      .objects.map(({ object }) => object.kind)
      .filter(kind => kinds.includes(kind))
      .sort();
  }

  /** Changes objects of a cluster behind the back of a stopped Argo CD. */
  tamper(
    cluster: string,
    kind: string,
    change: (object: KubeObject) => KubeObject,
  ): void {
    const state = this.#state(cluster);
    const objects = state.objects.map(({ object, bornAt }) => ({
      object: object.kind === kind ? change(object) : object,
      bornAt,
    }));
    writeFileSync(this.#file(cluster), JSON.stringify({ ...state, objects }));
  }

  #state(cluster: string): ClusterState {
    return JSON.parse(readFileSync(this.#file(cluster), 'utf8'));
  }

  #file(cluster: string): string {
    return join(this.folder, 'argocd', 'clusters', `${cluster}.json`);
  }

  /** Asks until the application is as wished. */
  async until(
    name: string,
    isWished: (application: Application) => boolean,
  ): Promise<Application> {
    const deadline = Date.now() + 10_000;
    for (;;) {
      const found = await this.app(name);
      if (isWished(found)) return found;
      if (Date.now() > deadline) {
        throw new TypeError(JSON.stringify(found.status, null, 2));
      }
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isHealthy({ status }: Application): boolean {
  return (
    status?.sync?.status === 'Synced' && status.health?.status === 'Healthy'
  );
}
