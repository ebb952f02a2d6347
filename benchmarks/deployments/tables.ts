import os from 'node:os';
import { table } from '../Section';
import { type Size } from './World';
import { type Live } from './measureDeployments';
import { type Growth } from './measureGrowth';
import { type PageViewCell, type PageViews } from './measurePageViews';
import { type StartUp } from './measureStartUp';
import { type Load, percentile } from './openLoop';
import { type Settings } from './settings';

/** What the design promises, and what was measured. */
export function barsTable(
  measured: Live & { settings: Settings; startUp: StartUp; growth: Growth },
): string {
  const { freshness, startUp, growth } = measured;
  const many = `${count(startUp.size.applications)} applications on ${
    startUp.size.instances
  } instances`;
  const rows = [
    ...matrixRows(measured),
    [
      `\`GET /v1/deployments\`, ${count(growth.large.applications)} ÷ ${count(
        growth.small.applications,
      )} applications, in turns: p50 / CPU of the backend for one answer`,
      `${growth.median.toFixed(2)} / ${growth.cpu.toFixed(2)}`,
      '',
    ],
    [
      'Argo CD event → signal at an open browser; p50 / p99',
      latencies({ latencies: freshness.signal }),
      '',
    ],
    [
      'Argo CD event → the browser has the new state; p50 / p99',
      latencies({ latencies: freshness.shown }),
      'p99 < 1 s',
    ],
    [`connect → all of ${many} known`, seconds(startUp.listedMs), '< 10 s'],
    [
      'the same → what each of them runs known, too',
      seconds(startUp.settledMs),
      '',
    ],
    [
      `memory per application over the bare backend, ${many}: heap / resident`,
      `${kilobytes(startUp.heap)} / ${kilobytes(startUp.rss)}`,
      '≤ 15 KB',
    ],
    [
      'the bare backend: heap / resident',
      `${megabytes(startUp.bare.heap)} / ${megabytes(startUp.bare.rss)}`,
      '',
    ],
  ];
  return `${machine()}\n\n${table(['', 'measured', 'bar'], rows)}`;
}

function matrixRows({
  settings,
  matrix,
}: Pick<Live, 'matrix'> & { settings: Settings }): string[][] {
  const { size, matrix: load } = settings.live;
  return [
    [
      `\`GET /v1/deployments\`, ${fleetOf(size)}; open loop, ${
        load.perSecond
      }/s for ${load.seconds} s; p50 / p99`,
      latencies(matrix.load),
      'p99 < 50 ms',
    ],
    ['the same: CPU of the backend for one answer', ms(matrix.cpuMs), ''],
    [
      'the same, each time by somebody who was not there before; p50 / p99',
      latencies(matrix.strangers),
      '',
    ],
    [
      'both: failed answers',
      String(matrix.load.failures + matrix.strangers.failures),
      '0',
    ],
    [
      "the catalog's answer about the same entities, the same load; p50 / p99",
      latencies(matrix.catalog),
      '',
    ],
  ];
}

/** What Argo CD does for a portal in a minute. */
export function loadTable({
  settings,
  loads,
  cells,
}: Pick<Live, 'loads'> & {
  settings: Settings;
  cells: readonly PageViewCell[];
}): string {
  const { size } = settings.live;
  const like = cells.find(
    cell =>
      cell.size.applications === size.applications &&
      cell.size.instances === size.instances,
  );
  const view = like?.roadie[0];
  const rows = [
    ...loads.map(({ replicas, calls, bytes }) => [
      `Callboard, ${replicas} ${
        replicas === 1 ? 'replica' : 'replicas'
      }, however many views`,
      count(calls),
      megabytes(bytes),
    ]),
    ...(view
      ? [20, 200].map(views => [
          `Roadie, ${views} views, however many replicas`,
          count(view.calls * views),
          megabytes(view.bytes * views),
        ])
      : []),
  ];
  return table(
    [`In a minute, ${fleetOf(size)}`, 'Argo CD calls', 'sent by Argo CD'],
    rows,
  );
}

/** Both systems side by side. */
export function pageViewTable(cells: readonly PageViewCell[]): string {
  const rows = cells.flatMap(({ size, callboard, roadie }) =>
    callboard.flatMap((ours, index) => {
      const theirs = roadie[index];
      return theirs ? [pageViewRow(size, ours, theirs)] : [];
    }),
  );
  return table(
    [
      'instances × applications, latency of Argo CD',
      'calls: Callboard',
      'Roadie',
      'bytes: Callboard',
      'Roadie',
      'p50: Callboard',
      'Roadie',
      '÷',
      'p99: Callboard',
      'Roadie',
      '÷',
    ],
    rows,
  );
}

function pageViewRow(
  size: PageViewCell['size'],
  ours: PageViews,
  theirs: PageViews,
): string[] {
  const both = (share: number) => {
    const a = percentile(ours.load.latencies, share);
    const b = percentile(theirs.load.latencies, share);
    return [ms(a), ms(b), (b / a).toFixed(1)];
  };
  return [
    `${size.instances} × ${count(size.applications)}, ${ours.latencyMs} ms`,
    perView(ours.calls),
    perView(theirs.calls),
    kilobytes(ours.bytes),
    kilobytes(theirs.bytes),
    ...both(0.5),
    ...both(0.99),
  ];
}

function fleetOf({ applications, instances, eventsPerSecond }: Size): string {
  return `${count(
    applications,
  )} applications on ${instances} instances, ${eventsPerSecond} events/s`;
}

function machine(): string {
  const [cpu] = os.cpus();
  const [load = 0] = os.loadavg();
  return `${os.cpus().length} cores (${cpu?.model.trim()}), Node ${
    process.versions.node
  }, load average ${load.toFixed(1)} at the end.`;
}

function latencies({ latencies: values }: Pick<Load, 'latencies'>): string {
  return `${ms(percentile(values, 0.5))} / ${ms(percentile(values, 0.99))}`;
}

function ms(value: number): string {
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
}

function seconds(value: number): string {
  return `${(value / 1000).toFixed(1)} s`;
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function perView(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} KB`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
