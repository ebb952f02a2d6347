/**
 * Trouble that a test asks for.
 *
 * @public
 */
export interface Fault {
  /** Answered instead of doing anything. */
  readonly status?: number;
  /** Waited before answering, milliseconds. */
  readonly latencyMs?: number;
  /** Only requests whose path contains this; all unless told. */
  readonly path?: string;
}

/** The faults in force. */
export class Faults {
  #faults: readonly Fault[] = [];

  set(faults: readonly Fault[]): void {
    this.#faults = faults;
  }

  /** What is wrong with this path; several faults add up. */
  of(path: string): { status: number | undefined; latencyMs: number } {
    const hits = this.#faults.filter(fault => path.includes(fault.path ?? ''));
    return {
      status: hits.find(fault => fault.status)?.status,
      latencyMs: hits.reduce((sum, fault) => sum + (fault.latencyMs ?? 0), 0),
    };
  }
}
