import {
  type MetricsService,
  type MetricsServiceObservableResult,
} from '@backstage/backend-plugin-api/alpha';
import { type SourceState } from '@callboard/backstage-plugin-gitops-common';
import {
  type ApplicationHub,
  type InstanceView,
} from './applications/ApplicationHub';
import { type ArgocdTally } from './argocd/ArgocdTally';
import { type Observations } from './observations/createObservations';

const STATES = [
  'ok',
  'stale',
  'unreachable',
  'unauthorised',
  'limited',
] as const satisfies readonly SourceState[];

/** Seconds; Argo CD's times have no fractions. */
const LAG_BOUNDARIES = [1, 2, 3, 5, 10, 30, 60, 300, 1_800, 3_600];

/**
 * The metric of how late this replica sees what happens.
 *
 * @returns what records it.
 */
export function createLagMetric(
  metrics: MetricsService,
): (instance: string, lagMs: number) => void {
  const lag = metrics.createHistogram('gitops.observation.lag', {
    description:
      "From when something happened, by Argo CD's clock, until this replica saw it",
    unit: 's',
    advice: { explicitBucketBoundaries: LAG_BOUNDARIES },
  });
  return (instance, lagMs) =>
    lag.record(Math.max(0, lagMs / 1_000), { instance });
}

type InstanceAttributes = { instance: string };

interface Options {
  readonly description: string;
  readonly unit: string;
}

/** What is counted since the start, by what it is called in the tally. */
const COUNTERS: Record<keyof ArgocdTally, Options & { name: string }> = {
  events: {
    name: 'gitops.argocd.events',
    description: 'Events of the stream',
    unit: '{event}',
  },
  streams: {
    name: 'gitops.argocd.streams',
    description: 'Event streams opened; all but the first are reconnects',
    unit: '{stream}',
  },
  lists: {
    name: 'gitops.argocd.lists',
    description: 'Lists of all applications',
    unit: '{list}',
  },
  failures: {
    name: 'gitops.argocd.failures',
    description: 'Times that the instance could not be read',
    unit: '{failure}',
  },
  receivedBytes: {
    name: 'gitops.argocd.received',
    description: 'Bodies received, as they are on the wire',
    unit: 'By',
  },
};

const COUNTED = Object.keys(COUNTERS) as (keyof ArgocdTally)[];

/** The metrics of each Argo CD instance, read when they are collected. */
export function createInstanceMetrics(
  metrics: MetricsService,
  hub: ApplicationHub,
): void {
  const each =
    (valueOf: (instance: InstanceView) => number) =>
    (result: MetricsServiceObservableResult<InstanceAttributes>) =>
      hub.instances.forEach(it =>
        result.observe(valueOf(it), { instance: it.name }),
      );
  metrics
    .createObservableGauge<InstanceAttributes>('gitops.argocd.applications', {
      description: 'Applications that are known',
      unit: '{application}',
    })
    .addCallback(each(({ name }) => hub.store.ofInstance(name).length));
  metrics
    .createObservableGauge<InstanceAttributes>('gitops.argocd.silence', {
      description: 'Since the last sign of life',
      unit: 's',
    })
    .addCallback(
      each(({ heardAt }) => (Date.now() - Date.parse(heardAt)) / 1_000),
    );
  for (const key of COUNTED) {
    const { name, ...options } = COUNTERS[key];
    metrics
      .createObservableCounter<InstanceAttributes>(name, options)
      .addCallback(each(({ tally }) => tally[key]));
  }
  createStateMetric(metrics, hub);
}

function createStateMetric(metrics: MetricsService, hub: ApplicationHub): void {
  metrics
    .createObservableGauge<InstanceAttributes & { state: SourceState }>(
      'gitops.argocd.state',
      { description: '1 for the state that an instance is in, else 0' },
    )
    .addCallback(result => {
      for (const { name, source } of hub.instances) {
        for (const state of STATES) {
          const value = source.state === state ? 1 : 0;
          result.observe(value, { instance: name, state });
        }
      }
    });
}

/** The metrics of what this replica writes down. */
export function createObservationMetrics(
  metrics: MetricsService,
  { recorder, writer }: Observations,
): void {
  const unit = '{observation}';
  metrics
    .createObservableCounter('gitops.observations.written', {
      description:
        'Observations that this replica was the first to write, or to explain',
      unit,
    })
    .addCallback(result => result.observe(writer.written));
  metrics
    .createObservableCounter('gitops.observations.dropped', {
      description: 'Observations that were not written: too many waited',
      unit,
    })
    .addCallback(result => result.observe(recorder.backlog.dropped));
  metrics
    .createObservableGauge('gitops.observations.waiting', {
      description: 'Observations that wait to be written',
      unit,
    })
    .addCallback(result => result.observe(recorder.backlog.size));
  metrics
    .createObservableCounter('gitops.observations.write_failures', {
      description: 'Writes that the database did not take; they are repeated',
      unit: '{failure}',
    })
    .addCallback(result => result.observe(writer.failed));
}
