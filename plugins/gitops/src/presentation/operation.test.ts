import { type DeploymentOperation } from '@callboard/backstage-plugin-gitops-common';
import {
  describeActor,
  describeProgress,
  lookOfOperation,
  lookOfResult,
} from './operation';

const resource = (status?: string) => ({
  group: 'apps',
  kind: 'Deployment',
  namespace: 'cart',
  name: 'cart',
  status,
});
const operation = (
  changes: Partial<DeploymentOperation> = {},
): DeploymentOperation => ({
  phase: 'Running',
  dryRun: false,
  retries: 0,
  resources: [],
  ...changes,
});

describe('lookOfOperation', () => {
  it('tells a dry run from a sync', () => {
    expect(lookOfOperation(operation()).word).toBe('Syncing');
    expect(
      lookOfOperation(operation({ phase: 'Succeeded', dryRun: true })).word,
    ).toBe('Succeeded (dry run)');
  });
});

describe('lookOfResult', () => {
  it.each([
    ['Synced', 'Applied', 'positive'],
    ['SyncFailed', 'Failed', 'negative'],
    ['Pruned', 'Deleted', 'positive'],
    ['PruneSkipped', 'Not deleted', 'neutral'],
    [undefined, 'Waiting', 'neutral'],
    ['SomethingNew', 'SomethingNew', 'neutral'],
  ])('puts %s into words', (status, word, tone) => {
    expect(lookOfResult(resource(status))).toMatchObject({ word, tone });
  });
});

describe('describeProgress', () => {
  it('counts what is over, hooks that run are not', () => {
    expect(
      describeProgress(
        operation({
          resources: [
            resource('Synced'),
            resource('SyncFailed'),
            resource('Running'),
            resource(),
          ],
        }),
      ),
    ).toBe('2 of 4 resources');
    expect(describeProgress(operation())).toBeUndefined();
  });
});

describe('describeActor', () => {
  it.each([
    ['auto-sync', 'Argo CD, by itself'],
    ['user:default/maya', 'maya'],
    ['user:acme/maya', 'acme/maya'],
    ['admin', 'admin'],
    [undefined, undefined],
  ])('calls %s %s', (by, words) => {
    expect(describeActor(by)).toBe(words);
  });
});
