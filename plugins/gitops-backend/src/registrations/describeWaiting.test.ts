import { describeWaiting } from './describeWaiting';

type Facts = Parameters<typeof describeWaiting>[0];

function waiting(change: {
  mergeable?: boolean;
  draft?: boolean;
  keptBy?: Facts['keptBy'];
  reviews?: Partial<Facts['reviews']>;
  protection?: Partial<Facts['protection']>;
}): string {
  return describeWaiting({
    base: 'main',
    keptBy: change.keptBy ?? 'portal',
    pullRequest: {
      number: 1,
      url: 'https://git.example.net/acme/gitops-infra/pull/1',
      title: 'Register cart in production',
      branch: 'gitops/register/production/cart',
      head: 'a'.repeat(40),
      open: true,
      draft: change.draft ?? false,
      mergeable: change.mergeable ?? true,
    },
    reviews: { approvedBy: [], changesRequestedBy: [], ...change.reviews },
    protection: {
      known: true,
      approvals: 1,
      byCodeOwners: false,
      dismissesApprovals: false,
      ...change.protection,
    },
  });
}

describe('describeWaiting', () => {
  it.each([
    ['1 approving review', {}],
    ['2 approving reviews', { protection: { approvals: 2 } }],
    [
      '1 approving review by a code owner',
      {
        protection: { approvals: 2, byCodeOwners: true },
        reviews: { approvedBy: ['jonas'] },
      },
    ],
    ['somebody to merge it', { reviews: { approvedBy: ['jonas'] } }],
    ['somebody to merge it', { protection: { approvals: 0 } }],
    [
      'changes that aiko asked for',
      { reviews: { approvedBy: ['jonas'], changesRequestedBy: ['aiko'] } },
    ],
    [
      'conflicts with main: the portal makes it again, or says there why not',
      { mergeable: false },
    ],
    [
      'its conflicts with main to be resolved',
      { mergeable: false, keptBy: 'ci' },
    ],
    ['somebody to mark it as ready for review', { draft: true }],
    [
      'what main requires, and somebody to merge it',
      { protection: { known: false } },
    ],
  ] as const)('%s', (words, change) => {
    expect(waiting(change)).toBe(words);
  });
});
