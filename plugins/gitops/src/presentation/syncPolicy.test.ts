import { describeSyncPolicy } from './syncPolicy';

describe('describeSyncPolicy', () => {
  it.each([
    [[false, false, false], /waits for somebody to sync/],
    [[false, true, true], /waits for somebody to sync/],
    [[true, true, true], /on its own when.* It deletes.* It undoes/],
    [[true, false, false], /on its own when.* It keeps.* It leaves alone/],
  ])('puts %j into words', ([automated, prune, selfHeal], words) => {
    expect(
      describeSyncPolicy({
        automated: automated === true,
        prune: prune === true,
        selfHeal: selfHeal === true,
      }),
    ).toMatch(words);
  });
});
