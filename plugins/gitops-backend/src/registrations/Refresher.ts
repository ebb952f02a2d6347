/**
 * Makes Argo CD look at applications now, instead of at its next round.
 */
export interface Refresher {
  /** @returns at once; a refresh that fails only means to wait. */
  refresh(match: {
    instance?: string;
    repoURL: string;
    path?: string;
  }): Promise<void>;
}
