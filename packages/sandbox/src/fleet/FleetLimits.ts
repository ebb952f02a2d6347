/** The least and the most of each number that makes a fleet. */
export const FLEET_LIMITS = {
  applications: [1, 100_000],
  instances: [1, 100],
  eventsPerSecond: [0, 10_000],
} as const;
