import { ConfigReader } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { type JsonValue } from '@backstage/types';
import { readGitopsConfig } from '.';

const DAY_MS = 24 * 60 * 60_000;

function read(observations?: JsonValue): number {
  return readGitopsConfig(
    new ConfigReader({
      gitops: {
        environments: [
          {
            name: 'dev',
            platformRepo: 'https://github.com/acme/gitops-infra',
            path: 'clusters/dev/argocd',
            write: 'commit',
            project: 'services-dev',
            clusters: [
              {
                name: 'dev',
                instance: 'main',
                destination: 'https://kubernetes.default.svc',
              },
            ],
          },
        ],
        ...(observations !== undefined && { observations }),
      },
      argocd: {
        appLocatorMethods: [
          {
            type: 'config',
            instances: [
              { name: 'main', url: 'https://argocd.acme.test', token: 't' },
            ],
          },
        ],
      },
    }),
  ).observationRetentionMs;
}

describe('gitops.observations.retention', () => {
  it.each<[string, JsonValue | undefined, number]>([
    ['nothing', undefined, 180],
    ['an empty block', {}, 180],
    ['an object', { retention: { weeks: 2, days: 1 } }, 15],
    ['a text', { retention: '90d' }, 90],
    ['an ISO duration', { retention: 'P1D' }, 1],
    ['the longest', { retention: { days: 3_650 } }, 3_650],
  ])('may be %s', (_, observations, days) => {
    expect(read(observations)).toBe(days * DAY_MS);
  });

  it.each<[string, JsonValue, RegExp]>([
    ['no duration', { retention: 'forever' }, /retention must be a duration/],
    ['a number', { retention: 90 }, /retention must be a duration/],
    ['nothing at all', { retention: {} }, /retention must be /],
    [
      'too short',
      { retention: { hours: 23 } },
      /between one day and ten years/,
    ],
    ['negative', { retention: { days: -1 } }, /retention must be /],
    ['too long', { retention: '4000d' }, /between one day and ten years/],
    ['misspelt', { retenton: '90d' }, /did you mean "retention"/],
  ])('is refused where it is %s', (_, observations, message) => {
    expect(() => read(observations)).toThrow(InputError);
    expect(() => read(observations)).toThrow(/gitops\.observations\./);
    expect(() => read(observations)).toThrow(message);
  });
});
