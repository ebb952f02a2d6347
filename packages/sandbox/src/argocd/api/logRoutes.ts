import { type ServerResponse } from 'node:http';
import { isError } from '@backstage/errors';
import { type Pod } from '../../cluster/Deployment';
import { type Application } from '../Application';
import { type KnownClusters } from '../Clusters';
import { type ApplicationAccess } from './ApplicationAccess';
import { type Looks } from './Engine';
import { EventStream } from './EventStream';
import { type FaultState } from './Faults';
import { GrpcError } from './GrpcError';
import { type Call, type Route } from './Route';
import { queryOf } from './applicationRoutes';
import { type Managed, managedResources } from './managedResources';
import {
  lastEntry,
  logEntries,
  type LogQuery,
  selectedPods,
  stillThere,
} from './podLogs';

/** `max.pod.logs.to.render` where nobody configured it. */
const MOST_PODS = 10;
const FOLLOW_MS = 1_000;

interface Parts {
  access: ApplicationAccess;
  clusters: KnownClusters;
  reconciler: Looks;
  faults: Readonly<FaultState>;
}

/** What the pods of an application write. */
export function logRoutes(parts: Parts): Route[] {
  return ['pods/{podName}/logs', 'logs'].map(path => ({
    method: 'GET',
    path: `/api/v1/applications/{name}/${path}`,
    stream: (call, response) => {
      const stream = new EventStream(response, {
        accept: call.headers.accept,
        fields: call.query.get('fields'),
        faults: parts.faults,
      });
      sendLogs(call, { stream, response }, parts).catch(error =>
        stream.fail(
          error instanceof GrpcError
            ? error
            : new GrpcError('Unknown', isError(error) ? error.message : ''),
        ),
      );
    },
  }));
}

interface Line {
  stream: EventStream;
  response: ServerResponse;
}

async function sendLogs(call: Call, line: Line, parts: Parts): Promise<void> {
  const query = logQuery(call);
  const application = permitted(call, parts.access);
  const managed = await managedResources(application, parts.reconciler);
  const pods = selectedPods(managed, query);
  if (pods.length > MOST_PODS) {
    throw new GrpcError(
      'InvalidArgument',
      'max pods to view logs are reached. Please provide more granular query',
    );
  }
  if (pods.length === 0) {
    line.stream.finish();
    return;
  }
  const now = Date.now();
  const connectionError = callError(managed, pods, parts.clusters);
  const entries = logEntries(pods, query, { now, connectionError });
  entries.forEach(entry => line.stream.send(entry));
  if (call.query.get('follow') === 'true' && !connectionError) {
    follow(pods, { query, managed, since: now }, line);
  } else finish(line);
}

/** What there is instead of logs while the cluster does not answer. */
function callError(
  { cluster }: Managed,
  [pod]: readonly Pod[],
  clusters: KnownClusters,
): string | undefined {
  const { namespace = '', name = '' } = pod?.metadata ?? {};
  const path = `/api/v1/namespaces/${namespace}/pods/${name}/log`;
  const known = clusters.find(cluster);
  return known && clusters.connections.callError(known, path);
}

/** Goes on with what the pods write, for as long as somebody listens and one of them is there. */
function follow(
  pods: readonly Pod[],
  course: { query: LogQuery; managed: Managed; since: number },
  line: Line,
): void {
  let { since } = course;
  const timer = setInterval(() => {
    const now = Date.now();
    const left = stillThere(pods, course.managed.cluster);
    const query = { ...course.query, tailLines: 0 };
    logEntries(left, query, { now })
      .filter(({ timeStampStr }) => Date.parse(timeStampStr) > since)
      .forEach(entry => line.stream.send(entry));
    since = now;
    if (left.length > 0) return;
    clearInterval(timer);
    finish(line);
  }, FOLLOW_MS).unref();
  line.response.once('close', () => clearInterval(timer));
}

function finish({ stream }: Line): void {
  stream.send(lastEntry(Date.now()));
  stream.finish();
}

/** Logs need a right of their own besides the application's. */
function permitted(call: Call, access: ApplicationAccess): Application {
  const session = call.session();
  const application = access.get(session, queryOf(call));
  access.enforce(session, application, { resource: 'logs', action: 'get' });
  return application;
}

function logQuery({ params, query }: Call): LogQuery {
  const text = (name: string) => query.get(name) || undefined;
  const number = (name: string) => {
    const value = Number(query.get(name) ?? 0);
    if (Number.isInteger(value)) return value;
    throw new GrpcError(
      'InvalidArgument',
      `type mismatch, parameter: ${name}, error: strconv.ParseInt: parsing "${query.get(
        name,
      )}": invalid syntax`,
    );
  };
  return {
    podName: params.podName ?? text('podName'),
    namespace: text('namespace'),
    group: text('group'),
    kind: text('kind'),
    resourceName: text('resourceName'),
    container: text('container'),
    tailLines: number('tailLines'),
    sinceSeconds: number('sinceSeconds'),
    previous: query.get('previous') === 'true',
    filter: query.get('filter') ?? '',
    matchCase: query.get('matchCase') === 'true',
  };
}
