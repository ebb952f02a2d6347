import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** What Prometheus reads from `/metrics`. */
export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
  /** Call what it returns with the status when the answer is sent; tells the seconds. */
  startRequest(route: string): (status: number) => number;
}

/** Metrics of the process, and of the requests by route and status. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'How long requests took, by route and status',
    labelNames: ['route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    startRequest(route) {
      const end = requests.startTimer({ route });
      return status => end({ status });
    },
  };
}
