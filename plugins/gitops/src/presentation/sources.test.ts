import { type Source } from '@callboard/backstage-plugin-gitops-common';
import { source } from '../testing/deployments';
import { describeCoverage, describeSource } from './sources';

describe('describeSource', () => {
  it('is silent where all is well', () => {
    expect(describeSource(source())).toBeUndefined();
  });

  it.each<[string, Source['state'], string, RegExp]>([
    [
      'argocd:main',
      'unreachable',
      'Argo CD “main” is unreachable',
      /ask the team/,
    ],
    [
      'argocd:main',
      'unauthorised',
      'Argo CD “main” refuses the portal: unauthorised',
      /renew the token/,
    ],
    [
      'argocd:main',
      'stale',
      'Argo CD “main” has not been heard from',
      /heard last/,
    ],
    [
      'repository:acme/gitops-infra',
      'unreachable',
      'Repository acme/gitops-infra is unreachable',
      /not known/,
    ],
    [
      'repository:acme/gitops-infra/clusters/dev',
      'stale',
      'Repository acme/gitops-infra/clusters/dev is not up to date',
      /changes wait/,
    ],
    [
      'entity:component:default/cart',
      'limited',
      'component:default/cart selects too many Applications',
      /first of them/,
    ],
  ])(
    'of %s, %s: what it is, and what to do',
    (...[name, state, title, step]) => {
      const view = describeSource(source({ name, state }));

      expect(view?.title).toBe(title);
      expect(view?.nextStep).toMatch(step);
      expect(view?.cause).toBeTruthy();
    },
  );

  it('prefers the words of the backend', () => {
    const view = describeSource(
      source({ state: 'unreachable', message: 'Connection refused.' }),
    );

    expect(view?.cause).toBe('Connection refused.');
  });
});

describe('describeCoverage', () => {
  it('counts only where some of several are missing', () => {
    const stale = source({ name: 'argocd:us', state: 'stale' });

    expect(describeCoverage([source(), stale])).toMatch(/^1 of 2 sources/);
    expect(describeCoverage([source(), source()])).toBeUndefined();
    expect(describeCoverage([stale])).toBeUndefined();
  });

  it('does not count an entity that selects too many', () => {
    const entity = source({
      name: 'entity:component:default/cart',
      state: 'limited',
    });

    expect(describeCoverage([source(), entity])).toBeUndefined();
  });
});
