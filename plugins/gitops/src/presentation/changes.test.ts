import { deployment, release } from '../testing/deployments';
import { describeChanges } from './changes';

const dev = deployment('dev');
const eu = deployment('production/prod-eu1');
const us = deployment('production/prod-us1');

describe('describeChanges', () => {
  it.each([
    ['nothing', [dev], [deployment('dev', { observedAt: 'later' })], ''],
    ['a first row', [], [dev], 'dev: 1.0.7, Synced, Healthy.'],
    ['a row that is gone', [eu], [], 'production on prod-eu1: gone.'],
    [
      'a new version',
      [dev, eu],
      [
        deployment('dev', {
          desired: release('1.0.8'),
          sync: { status: 'OutOfSync' },
        }),
        eu,
      ],
      'dev: 1.0.7 to 1.0.8, Out of sync, Healthy.',
    ],
    [
      'a crowd',
      [dev, eu, us],
      [deployment('staging')],
      '4 deployments changed.',
    ],
  ])('says of %s what there is to say', (...[_name, before, after, words]) => {
    expect(describeChanges(before, after)).toBe(words);
  });
});
