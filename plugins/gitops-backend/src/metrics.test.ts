import { metrics } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { ScriptedArgocd } from './__testUtils__/ScriptedArgocd';
import { argocdBlock, gitopsBlock } from './__testUtils__/environments';
import {
  component,
  type Gitops,
  startGitops,
} from './__testUtils__/startGitops';
import { until } from './__testUtils__/until';
import { ago, cart } from './observations/__testUtils__/startObserving';

jest.setTimeout(60_000);

describe('metrics', () => {
  const exporter = new InMemoryMetricExporter(
    AggregationTemporality.CUMULATIVE,
  );
  const provider = new MeterProvider({
    readers: [
      new PeriodicExportingMetricReader({
        exporter,
        exportIntervalMillis: 3_600_000,
      }),
    ],
  });
  let argocd: ScriptedArgocd;
  let gitops: Gitops | undefined;

  beforeAll(async () => {
    metrics.setGlobalMeterProvider(provider);
    argocd = await ScriptedArgocd.start();
    argocd.put(cart());
    gitops = await startGitops({
      config: { gitops: gitopsBlock, argocd: argocdBlock(argocd.url, 'token') },
      entities: [component('cart')],
    });
  });

  afterAll(async () => {
    await gitops?.stop();
    await argocd.stop();
    await provider.shutdown();
    metrics.disable();
  });

  /** The value of each metric, by name and attributes. */
  async function collect(): Promise<Record<string, unknown>> {
    exporter.reset();
    await provider.forceFlush();
    const scopes = exporter.getMetrics().flatMap(it => it.scopeMetrics);
    return Object.fromEntries(
      scopes
        .flatMap(it => it.metrics)
        .flatMap(({ descriptor, dataPoints }) =>
          dataPoints.map(({ attributes, value }) => [
            [descriptor.name, ...Object.values(attributes)].join(' '),
            value,
          ]),
        ),
    );
  }

  const untilMetrics = (isThere: (found: Record<string, unknown>) => boolean) =>
    until(collect, isThere);

  it('tell of each instance, and of what is written down', async () => {
    const found = await untilMetrics(
      it => it['gitops.observations.written'] === 4,
    );

    expect(found).toMatchObject({
      'gitops.argocd.applications main': 1,
      'gitops.argocd.events main': 1,
      'gitops.argocd.failures main': 0,
      'gitops.argocd.lists main': 1,
      'gitops.argocd.received main': expect.any(Number),
      'gitops.argocd.silence main': expect.any(Number),
      'gitops.argocd.state main limited': 0,
      'gitops.argocd.state main ok': 1,
      'gitops.argocd.state main stale': 0,
      'gitops.argocd.state main unauthorised': 0,
      'gitops.argocd.state main unreachable': 0,
      'gitops.argocd.streams main': 1,
      'gitops.observations.dropped': 0,
      'gitops.observations.waiting': 0,
      'gitops.observations.write_failures': 0,
    });
    expect(found['gitops.argocd.received main']).toBeGreaterThan(1_000);
  });

  it('tell how late something was seen', async () => {
    argocd.put(
      cart({ health: { status: 'Degraded', lastTransitionTime: ago(100) } }),
    );

    const found = await untilMetrics(it => 'gitops.observation.lag main' in it);

    expect(found['gitops.observation.lag main']).toMatchObject({
      count: 1,
      min: expect.any(Number),
    });
    const { min } = found['gitops.observation.lag main'] as { min: number };
    expect(min).toBeGreaterThan(99);
    expect(min).toBeLessThan(160);
  });

  it('tell that an instance is away, and of coming back', async () => {
    argocd.status = 503;
    argocd.dropStreams();
    const away = await untilMetrics(
      it => it['gitops.argocd.state main unreachable'] === 1,
    );
    argocd.status = 200;
    const back = await untilMetrics(
      it => it['gitops.argocd.state main ok'] === 1,
    );

    expect(away['gitops.argocd.failures main']).toBeGreaterThan(0);
    expect(back['gitops.argocd.streams main']).toBeGreaterThan(1);
    expect(back['gitops.argocd.events main']).toBeGreaterThan(2);
  });
});
