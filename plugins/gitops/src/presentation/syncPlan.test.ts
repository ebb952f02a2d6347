import { type ResourceDiff } from '@callboard/backstage-plugin-gitops-common';
import { resourceKey } from './resourceTree';
import {
  confirmWord,
  describeLimits,
  describePlan,
  planSync,
  type SyncChoices,
} from './syncPlan';

const item = (change: ResourceDiff['change'], name: string): ResourceDiff => ({
  group: '',
  kind: 'ConfigMap',
  namespace: 'cart',
  name,
  change,
  masked: false,
});
const items = [
  item('create', 'new'),
  item('update', 'changed'),
  item('delete', 'old'),
  item('none', 'same'),
];
const only = (...names: string[]) =>
  new Set(names.map(name => resourceKey(item('none', name))));

const choices = (changes: Partial<SyncChoices> = {}): SyncChoices => ({
  prune: false,
  dryRun: false,
  ...changes,
});

describe('a sync', () => {
  it.each([
    {
      name: 'of everything',
      chosen: choices(),
      word: 'Sync',
      will: /^Creates 1 resource\. Changes 1 resource\. Leaves 1 resource that Git no longer has: ConfigMap old\.$/,
      limits: /^It cannot be undone here\. To go back, revert/,
    },
    {
      name: 'that deletes',
      chosen: choices({ prune: true }),
      word: 'Sync and delete 1',
      will: /Deletes 1 resource: ConfigMap old\.$/,
      limits: /what is deleted is gone/,
    },
    {
      name: 'of some resources',
      chosen: choices({ prune: true, selected: only('changed') }),
      word: 'Sync',
      will: /^Changes 1 resource\. Hooks do not run/,
      limits: /revert/,
    },
    {
      name: 'without an effect',
      chosen: choices({ dryRun: true, prune: true }),
      word: 'Start the dry run',
      will: /nothing is changed\.$/,
      limits: /^none$/,
    },
  ])('$name', ({ chosen, word, will, limits }) => {
    const plan = planSync(items, chosen);

    expect(confirmWord(plan, chosen)).toBe(word);
    expect(describePlan(plan, chosen).join(' ')).toMatch(will);
    expect(describeLimits(plan, chosen) ?? 'none').toMatch(limits);
  });

  it('says that nothing differs', () => {
    const plan = planSync([item('none', 'same')], choices());

    expect(describePlan(plan, choices())).toEqual([
      'Nothing differs: what is there is applied once more.',
    ]);
  });
});
