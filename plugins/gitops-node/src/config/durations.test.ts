import { ConfigReader } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { type JsonObject, type JsonValue } from '@backstage/types';
import { type GitopsConfig, readGitopsConfig } from '.';

const SECOND_MS = 1_000;
const DAY_MS = 24 * 60 * 60 * SECOND_MS;

function read(durations: JsonObject = {}): GitopsConfig {
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
        ...durations,
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
  );
}

describe('gitops.observations.retention', () => {
  const retentionOf = (observations?: JsonValue) =>
    read(observations === undefined ? {} : { observations })
      .observationRetentionMs;

  it.each<[string, JsonValue | undefined, number]>([
    ['nothing', undefined, 180],
    ['an empty block', {}, 180],
    ['an object', { retention: { weeks: 2, days: 1 } }, 15],
    ['a text', { retention: '90d' }, 90],
    ['an ISO duration', { retention: 'P1D' }, 1],
    ['the longest', { retention: { days: 3_650 } }, 3_650],
  ])('may be %s', (_, observations, days) => {
    expect(retentionOf(observations)).toBe(days * DAY_MS);
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
    expect(() => retentionOf(observations)).toThrow(InputError);
    expect(() => retentionOf(observations)).toThrow(/gitops\.observations\./);
    expect(() => retentionOf(observations)).toThrow(message);
  });
});

describe('gitops.permissionCache.ttl', () => {
  const ttlOf = (permissionCache?: JsonValue) =>
    read(permissionCache === undefined ? {} : { permissionCache })
      .decisionTtlMs;

  it.each<[string, JsonValue | undefined, number]>([
    ['nothing', undefined, 5],
    ['an empty block', {}, 5],
    ['an object', { ttl: { seconds: 20 } }, 20],
    ['a text', { ttl: '2s' }, 2],
    ['an ISO duration', { ttl: 'PT1M' }, 60],
    ['off', { ttl: { seconds: 0 } }, 0],
  ])('may be %s', (_, permissionCache, seconds) => {
    expect(ttlOf(permissionCache)).toBe(seconds * SECOND_MS);
  });

  it.each<[string, JsonValue, RegExp]>([
    ['no duration', { ttl: true }, /ttl must be a duration, for example/],
    ['negative', { ttl: { seconds: -1 } }, /between nothing and one minute/],
    ['too long', { ttl: '61s' }, /between nothing and one minute/],
    ['misspelt', { tll: '5s' }, /did you mean "ttl"/],
  ])('is refused where it is %s', (_, permissionCache, message) => {
    expect(() => ttlOf(permissionCache)).toThrow(InputError);
    expect(() => ttlOf(permissionCache)).toThrow(/gitops\.permissionCache/);
    expect(() => ttlOf(permissionCache)).toThrow(message);
  });
});
