import { type MetricsService } from '@backstage/backend-plugin-api/alpha';
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

/** The metrics of each Argo CD instance, read when they are collected. */
export function createInstanceMetrics(
  metrics: MetricsService,
  hub: ApplicationHub,
): void {
  const observeEach =
    (value: (instance: InstanceView) => number) =>
    (result: {
      observe(value: number, attributes: { instance: string }): void;
    }) =>
      hub.instances.forEach(it =>
        result.observe(value(it), { instance: it.name }),
      );
  const gauge = (
    name: string,
    options: { description: string; unit: string },
    value: (instance: InstanceView) => number,
  ) =>
    metrics
      .createObservableGauge<{ instance: string }>(name, options)
      .addCallback(observeEach(value));
  const counter = (
    name: string,
    options: { description: string; unit: string },
    key: keyof ArgocdTally,
  ) =>
    metrics
      .createObservableCounter<{ instance: string }>(name, options)
      .addCallback(observeEach(({ tally }) => tally[key]));

  gauge(
    'gitops.argocd.applications',
    { description: 'Applications that are known', unit: '{application}' },
    ({ name }) => hub.store.ofInstance(name).length,
  );
  gauge(
    'gitops.argocd.silence',
    { description: 'Since the last sign of life', unit: 's' },
    ({ heardAt }) => (Date.now() - Date.parse(heardAt)) / 1_000,
  );
  counter(
    'gitops.argocd.events',
    { description: 'Events of the stream', unit: '{event}' },
    'events',
  );
  counter(
    'gitops.argocd.streams',
    {
      description: 'Event streams opened; all but the first are reconnects',
      unit: '{stream}',
    },
    'streams',
  );
  counter(
    'gitops.argocd.lists',
    { description: 'Lists of all applications', unit: '{list}' },
    'lists',
  );
  counter(
    'gitops.argocd.failures',
    {
      description: 'Times that the instance could not be read',
      unit: '{failure}',
    },
    'failures',
  );
  counter(
    'gitops.argocd.received',
    { description: 'Bodies received, as they are on the wire', unit: 'By' },
    'receivedBytes',
  );
  metrics
    .createObservableGauge<{ instance: string; state: string }>(
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
