import { type ServerResponse } from 'node:http';
import { type ClusterEvent } from '../../cluster/Cluster';
import { type Application, isApplication } from '../Application';
import { type KnownClusters } from '../Clusters';
import { type ApplicationAccess, applicationFilter } from './ApplicationAccess';
import { EventStream } from './EventStream';
import { type FaultState } from './Faults';
import { GrpcError } from './GrpcError';
import { type Call, type Route } from './Route';
import { fullView, listView } from './applicationView';

/** Applications as they change, for as long as somebody listens. */
export class ApplicationStreams {
  readonly #clusters: KnownClusters;
  readonly #access: ApplicationAccess;
  readonly #faults: Readonly<FaultState>;
  readonly #open = new Set<EventStream>();

  constructor(
    clusters: KnownClusters,
    access: ApplicationAccess,
    faults: Readonly<FaultState>,
  ) {
    this.#clusters = clusters;
    this.#access = access;
    this.#faults = faults;
  }

  get routes(): Route[] {
    return [
      {
        method: 'GET',
        path: '/api/v1/stream/applications',
        stream: (call, response) => this.#watch(call, response),
      },
    ];
  }

  /** Ends every open stream without an error. */
  drop(): void {
    for (const stream of this.#open) stream.end();
  }

  #watch(call: Call, response: ServerResponse): void {
    const stream = new EventStream(response, {
      accept: call.headers.accept,
      fields: call.query.get('fields'),
      faults: this.#faults,
    });
    try {
      this.#subscribe(call, response, stream);
    } catch (error) {
      stream.fail(
        error instanceof GrpcError
          ? error
          : new GrpcError('Unknown', String(error)),
      );
    }
  }

  #subscribe(call: Call, response: ServerResponse, stream: EventStream): void {
    const session = call.session();
    const matches = applicationFilter(call.query);
    const since = call.query.get('resourceVersion');
    const oldest = call.query.get('name') ? 0 : Number(since ?? 0);
    const showsResources = stream.shows('application.status.resources');
    const send = (type: ClusterEvent['type'], application: Application) => {
      if (!matches(application)) return;
      if (Number(application.metadata.resourceVersion) < oldest) return;
      if (!this.#access.mayRead(session, application)) return;
      // What nobody gets to see needs no look at the cluster.
      const view = showsResources
        ? fullView(application, this.#clusters)
        : listView(application);
      stream.send({ type, application: view }, application.metadata.name);
    };
    const { control } = this.#clusters;
    if (!since || call.query.get('name')) {
      const all = control.list(isApplication) as Application[];
      all.forEach(application => send('ADDED', application));
    }
    const stopListening = control.onChange(({ type, object }) => {
      if (isApplication(object) && !this.#faults.lossy) send(type, object);
    });
    this.#open.add(stream);
    response.once('close', () => {
      stopListening();
      this.#open.delete(stream);
    });
  }
}
