/** Applications whose pods crash, whose images can't be pulled or whose hooks fail, because somebody wants to see that. */
export class WorkloadFaults {
  #crashing: ReadonlyMap<string, number> = new Map();
  #failingHooks: ReadonlySet<string> = new Set();
  #badImages: ReadonlySet<string> = new Set();

  get crashing(): string[] {
    return [...this.#crashing.keys()];
  }

  get failingHooks(): string[] {
    return [...this.#failingHooks];
  }

  get badImages(): string[] {
    return [...this.#badImages];
  }

  /** From now on the pods of these applications crash, and those of no others. */
  crash(applications: readonly string[], now: number): void {
    this.#crashing = new Map(
      applications.map(name => [name, this.#crashing.get(name) ?? now]),
    );
  }

  failHooks(applications: readonly string[]): void {
    this.#failingHooks = new Set(applications);
  }

  /** From now on no new pod of these applications gets its images. */
  refuseImages(applications: readonly string[]): void {
    this.#badImages = new Set(applications);
  }

  /** In milliseconds since the epoch; undefined for an application whose pods are well. */
  crashingSince(application: string | undefined): number | undefined {
    return this.#crashing.get(application ?? '');
  }

  refusesImages(application: string | undefined): boolean {
    return this.#badImages.has(application ?? '');
  }

  failsHooks(application: string | undefined): boolean {
    return this.#failingHooks.has(application ?? '');
  }
}
