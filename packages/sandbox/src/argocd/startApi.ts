import { type Log } from '../Log';
import { type Trouble } from './Trouble';
import { ApiServer } from './api/ApiServer';
import { ApplicationAccess } from './api/ApplicationAccess';
import { type Engine } from './api/Engine';
import { Faults } from './api/Faults';
import { DEFAULT_POLICY, Policy } from './api/Policy';
import { type Traffic } from './api/Traffic';
import { applicationRoutes } from './api/applicationRoutes';
import { eventRoutes } from './api/eventRoutes';
import { logRoutes } from './api/logRoutes';
import { operationRoutes } from './api/operationRoutes';
import { type PlatformRepository, platformRoutes } from './api/platformRoutes';
import { resourceRoutes } from './api/resourceRoutes';
import { rollbackRoute } from './api/rollbackRoute';
import { sessionRoutes } from './api/sessionRoutes';
import { ApplicationStreams } from './api/streamRoutes';
import { webhookRoute } from './api/webhookRoute';
import { createWebFace } from './web/createWebFace';

interface ApiOptions {
  /** 0 takes any free one. */
  port: number;
  log: Log;
  /** The emulated Argo CD, which decides what `fields` may name; `v3.3.14`. */
  version?: string;
  /** Lines of `argocd-rbac-cm` instead of the sandbox's own. */
  policy?: string;
  /** Of single applications, clusters and projects; without it the server as a whole can be in trouble. */
  trouble?: Trouble;
  platform?: PlatformRepository;
}

/** A running API server. */
export interface Api {
  readonly url: string;
  readonly faults: Faults;
  readonly traffic: Traffic;
  stop(): Promise<void>;
}

/** Serves Argo CD's HTTP API, and its pages, over whatever makes applications come true. */
export async function startApi(
  engine: Engine,
  options: ApiOptions,
): Promise<Api> {
  const { clusters, controller } = engine;
  const policy = new Policy(options.policy ?? DEFAULT_POLICY);
  const access = new ApplicationAccess(clusters, policy);
  const faults = new Faults();
  const streams = new ApplicationStreams(clusters, access, faults);
  faults.onDrop(() => streams.drop());
  const version = options.version ?? 'v3.3.14';
  let url = '';
  const routes = [
    ...sessionRoutes({
      policy,
      version: `${version}+sandbox`,
      url: () => url,
      kustomize: engine.kustomize,
    }),
    ...streams.routes,
    ...applicationRoutes({ ...engine, access, minor: minorOf(version) }),
    ...operationRoutes({ ...engine, access }),
    rollbackRoute({ clusters, access }),
    ...resourceRoutes({ ...engine, access }),
    ...eventRoutes({ ...engine, access }),
    ...logRoutes({ ...engine, access, faults }),
    ...platformRoutes({ clusters, policy, platform: options.platform }),
    webhookRoute(clusters, controller),
  ];
  const server = new ApiServer({
    routes,
    accounts: policy.accounts,
    faults,
    log: options.log,
    page: createWebFace({
      ...engine,
      faults,
      routes: routes.map(({ path }) => path),
      trouble: options.trouble,
    }),
  });
  url = `http://localhost:${await server.listen(options.port)}`;
  return {
    url,
    faults,
    traffic: server.traffic,
    async stop() {
      streams.drop();
      await server.stop();
    },
  };
}

/** The minor version of an Argo CD 3. */
function minorOf(version: string): number {
  return Number(version.split('.')[1] ?? 3);
}
