import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigReader } from '@backstage/config';
import { parse } from 'yaml';
import { readGitopsConfig } from '.';

const readme = readFileSync(path.join(__dirname, '../../README.md'), 'utf8');

it("reads the README's example of a layout", () => {
  const [, example = ''] = /```yaml\n([^]*?)```/.exec(readme) ?? [];
  const { gitops } = parse(example);
  const environment = {
    ...gitops.environments[0],
    platformRepo: 'https://github.com/acme/gitops-infra',
    path: 'clusters/dev/argocd',
    write: 'commit',
    project: 'services-dev',
    clusters: [
      { name: 'dev', instance: 'main', destination: 'https://dev.acme.test' },
    ],
  };

  const config = readGitopsConfig(
    new ConfigReader({
      gitops: { ...gitops, environments: [environment] },
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

  expect(config.environments[0]?.layout).toMatchObject({
    name: 'by-service',
    registration: [{ edit: 'write-file' }, { edit: 'add-resource' }],
  });
});
