import { type Size } from './World';

/** How much is measured. */
export interface Settings {
  readonly pageViews: {
    readonly sizes: readonly Size[];
    readonly latenciesMs: readonly number[];
    readonly perSecond: number;
    readonly seconds: number;
  };
  readonly live: {
    readonly size: Size;
    readonly matrix: { readonly perSecond: number; readonly seconds: number };
    /** Of which the time to an open page is taken. */
    readonly changes: number;
    readonly replicas: readonly number[];
    /** Argo CD is watched for each number of replicas. */
    readonly watchSeconds: number;
  };
  readonly growth: {
    readonly small: Size;
    readonly large: Size;
    readonly perSecond: number;
    readonly seconds: number;
  };
  readonly startUp: Size;
}

const STILL = { eventsPerSecond: 0 };

export const FULL: Settings = {
  pageViews: {
    sizes: [1, 3, 10].flatMap(instances =>
      [100, 1_000, 5_000].map(applications => ({
        applications,
        instances,
        ...STILL,
      })),
    ),
    latenciesMs: [0, 50, 200],
    perSecond: 10,
    seconds: 5,
  },
  live: {
    size: { applications: 5_000, instances: 3, eventsPerSecond: 50 },
    matrix: { perSecond: 20, seconds: 60 },
    changes: 50,
    replicas: [1, 3],
    watchSeconds: 30,
  },
  growth: {
    small: { applications: 100, instances: 3, ...STILL },
    large: { applications: 10_000, instances: 3, ...STILL },
    perSecond: 10,
    seconds: 40,
  },
  startUp: { applications: 10_000, instances: 3, ...STILL },
};

/** For a look: about two minutes. */
export const QUICK: Settings = {
  pageViews: {
    sizes: [{ applications: 400, instances: 3, ...STILL }],
    latenciesMs: [0, 50],
    perSecond: 10,
    seconds: 2,
  },
  live: {
    size: { applications: 400, instances: 3, eventsPerSecond: 10 },
    matrix: { perSecond: 20, seconds: 5 },
    changes: 5,
    replicas: [1],
    watchSeconds: 5,
  },
  growth: {
    small: { applications: 100, instances: 3, ...STILL },
    large: { applications: 1_000, instances: 3, ...STILL },
    perSecond: 10,
    seconds: 8,
  },
  startUp: { applications: 1_000, instances: 3, ...STILL },
};
