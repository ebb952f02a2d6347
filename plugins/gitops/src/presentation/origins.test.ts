import { pullRequestOf, splitMessage } from './origins';

const SHA = '9f2c1ab0d4e6f8a9b7c5d3e1f0a2b4c6d8e0f1a3';
const commit = (message: string, repo = 'https://github.test/acme/cart') => ({
  message,
  tags: [],
  revision: {
    kind: 'git' as const,
    repo,
    value: SHA,
    url: `${repo}/commit/${SHA}`,
  },
});

describe('pullRequestOf', () => {
  it.each([
    ['Merge pull request #12 from acme/retry\n\nRetry on 502', 12],
    ['Retry on 502 (#13)', 13],
    ['Retry on 502\n\nSee (#14)', undefined],
    ['Fixes #15', undefined],
    ['', undefined],
  ])('of %j is %s', (message, number) => {
    expect(pullRequestOf(commit(message))?.number).toBe(number);
  });

  it('links to it where that is possible', () => {
    expect(pullRequestOf(commit('Retry (#13)'))?.url).toBe(
      'https://github.test/acme/cart/pull/13',
    );
    expect(
      pullRequestOf(commit('Retry (#13)', 'https://gitlab.test/acme/cart/-')),
    ).toEqual({ number: 13 });
  });
});

describe('splitMessage', () => {
  it('tells the subject from the rest', () => {
    expect(splitMessage('Retry\n\nBecause.\nAgain.\n')).toEqual({
      subject: 'Retry',
      body: 'Because.\nAgain.',
    });
    expect(splitMessage('Retry')).toEqual({ subject: 'Retry' });
  });
});
