/** The clock of the process that made the change. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}
