import { type ResourceDiff } from '@callboard/backstage-plugin-gitops-common';
import { resourceKey } from './resourceTree';

/** What somebody chose in the form of a sync. */
export interface SyncChoices {
  readonly prune: boolean;
  readonly dryRun: boolean;
  /** Keys of resources; everything where absent. */
  readonly selected?: ReadonlySet<string>;
}

/** What a sync would do. */
export interface SyncPlan {
  readonly created: readonly ResourceDiff[];
  readonly updated: readonly ResourceDiff[];
  readonly deleted: readonly ResourceDiff[];
  /** No longer in Git, but left alone. */
  readonly kept: readonly ResourceDiff[];
}

/** What a sync with these choices does with what differs. */
export function planSync(
  items: readonly ResourceDiff[],
  { prune, selected }: SyncChoices,
): SyncPlan {
  const chosen = items.filter(it => !selected || selected.has(resourceKey(it)));
  const surplus = chosen.filter(({ change }) => change === 'delete');
  return {
    created: chosen.filter(({ change }) => change === 'create'),
    updated: chosen.filter(({ change }) => change === 'update'),
    deleted: prune ? surplus : [],
    kept: prune ? [] : surplus,
  };
}

/** What it will do, a sentence each. */
export function describePlan(
  plan: SyncPlan,
  { selected, dryRun }: SyncChoices,
): readonly string[] {
  const { created, updated, deleted, kept } = plan;
  const changes = created.length + updated.length + deleted.length;
  return [
    created.length > 0 && `Creates ${count(created)}.`,
    updated.length > 0 && `Changes ${count(updated)}.`,
    deleted.length > 0 && `Deletes ${count(deleted)}: ${namesOf(deleted)}.`,
    kept.length > 0 &&
      `Leaves ${count(kept)} that Git no longer has: ${namesOf(kept)}.`,
    changes === 0 &&
      !selected &&
      'Nothing differs: what is there is applied once more.',
    selected &&
      'Hooks do not run, since only some resources are synced, and Argo CD’s history does not record it.',
    dryRun && 'Only says what would happen: nothing is changed.',
  ].filter(it => typeof it === 'string');
}

/** What nothing here can take back. */
export function describeLimits(
  plan: SyncPlan,
  { dryRun }: SyncChoices,
): string | undefined {
  if (dryRun) {
    return undefined;
  }
  return plan.deleted.length > 0
    ? 'It cannot be undone here: what is deleted is gone, and its data may be. To go back, revert the change in Git and sync again; that makes the resources anew, but not their data.'
    : 'It cannot be undone here. To go back, revert the change in Git and sync again. What hooks and migrations did stays.';
}

/** What the button says. */
export function confirmWord(plan: SyncPlan, { dryRun }: SyncChoices): string {
  if (dryRun) {
    return 'Start the dry run';
  }
  return plan.deleted.length > 0
    ? `Sync and delete ${plan.deleted.length}`
    : 'Sync';
}

function count({ length }: readonly ResourceDiff[]): string {
  return length === 1 ? '1 resource' : `${length} resources`;
}

function namesOf(items: readonly ResourceDiff[]): string {
  return items.map(({ kind, name }) => `${kind} ${name}`).join(', ');
}
