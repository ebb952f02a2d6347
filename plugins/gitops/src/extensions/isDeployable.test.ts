import { evaluateFilterPredicate } from '@backstage/filter-predicates';
import { isDeployable } from './isDeployable';

const component = (annotations: Record<string, string>) => ({
  kind: 'Component',
  metadata: { name: 'cart', annotations },
});

describe('isDeployable', () => {
  it.each([
    'backstage.io/source-location',
    'github.com/project-slug',
    'argocd/app-name',
    'argocd/app-selector',
  ])('wants components with %s', annotation => {
    const entity = component({ [annotation]: 'something' });

    expect(evaluateFilterPredicate(isDeployable, entity)).toBe(true);
  });

  it('leaves alone what has no deployments', () => {
    const api = { ...component({ 'argocd/app-name': 'cart' }), kind: 'API' };

    expect(evaluateFilterPredicate(isDeployable, component({}))).toBe(false);
    expect(evaluateFilterPredicate(isDeployable, api)).toBe(false);
  });
});
