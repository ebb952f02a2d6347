import { ConfigReader } from '@backstage/config';
import { readGitopsConfig } from '.';

const instances = [
  { name: 'main', url: 'https://argocd.acme.test', token: 't' },
];
const argocd = { appLocatorMethods: [{ type: 'config', instances }] };

const environment = (name: string, clusters: readonly string[]) => ({
  name,
  platformRepo: 'https://github.com/acme/gitops-infra',
  path: `clusters/${name}/argocd`,
  write: 'commit',
  project: `services-${name}`,
  clusters: clusters.map(cluster => ({
    name: cluster,
    instance: 'main',
    destination: `https://${cluster}.k8s.acme.test`,
  })),
});
const dev = environment('dev', ['dev']);
const production = environment('production', ['prod-eu1', 'prod-us1']);

const read = (environments: object[]) =>
  readGitopsConfig(
    new ConfigReader({ gitops: { environments }, argocd } as never),
  ).environments;

describe('the layouts of an environment', () => {
  it('takes several layouts to choose from, the first for whoever does not', () => {
    const [first, second] = read([
      { ...dev, layouts: ['multi-repo', 'multi-repo-remote-base'] },
      production,
    ]);

    expect(first?.layout.name).toBe('multi-repo');
    expect(first?.layouts.map(({ name }) => name)).toEqual([
      'multi-repo',
      'multi-repo-remote-base',
    ]);
    expect(second?.layouts.map(({ name }) => name)).toEqual(['multi-repo']);
  });

  it.each([
    [
      'that does not exist',
      { ...dev, layouts: ['multi-repo', 'multirepo'] },
      'gitops.environments[0].layouts[1] is "multirepo", which is not a layout; did you mean "multi-repo"?',
    ],
    [
      'that reaches one cluster only',
      { ...production, layouts: ['multi-repo', 'multi-repo-remote-base'] },
      'gitops.environments[0].layouts[1] is "multi-repo-remote-base", but gitops.environments[0].clusters has 2 clusters',
    ],
    [
      'of its own beside others',
      { ...dev, layout: 'multi-repo', layouts: ['multi-repo-remote-base'] },
      'gitops.environments[0].layout is "multi-repo", but gitops.environments[0].layouts begins with "multi-repo-remote-base"',
    ],
  ])('refuses a choice with one %s', (...[, wrong, message]) => {
    expect(() => read([wrong])).toThrow(message);
  });
});
