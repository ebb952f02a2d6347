import { application } from '../__testUtils__/argoApplication';
import { readSelection } from './EntitySelection';
import { SelectionIndex } from './SelectionIndex';

const CODE = 'backstage.io/source-location';

function selection(name: string, annotations: Record<string, string> = {}) {
  return readSelection(
    { apiVersion: 'v1', kind: 'Component', metadata: { name, annotations } },
    'github.com',
  );
}

const cart = application({
  metadata: {
    name: 'cart-dev',
    labels: { team: 'storefront' },
    annotations: {},
  },
  spec: {
    project: 'services-dev',
    source: { repoURL: 'https://git.acme.test/Acme/cart.git', path: 'deploy' },
  },
});

describe('SelectionIndex', () => {
  it.each<[string, Record<string, string>, isFound: boolean]>([
    ['a name', { 'argocd/app-name': 'cart-dev' }, true],
    ['another name', { 'argocd/app-name': 'cart' }, false],
    ['a label', { 'argocd/app-selector': 'team=storefront' }, true],
    ['labels', { 'argocd/app-selector': 'team in (storefront, web)' }, true],
    ['another label', { 'argocd/app-selector': 'team=web' }, false],
    ['a label that is there', { 'argocd/app-selector': 'team' }, true],
    ['a label that is not', { 'argocd/app-selector': '!tier' }, true],
    ['other values', { 'argocd/app-selector': 'team notin (web)' }, true],
    ['a broken selector', { 'argocd/app-selector': 'team in' }, false],
    ['a project', { 'argocd/project-name': 'services-dev' }, true],
    ['another project', { 'argocd/project-name': 'services' }, false],
    [
      'another project besides the name',
      { 'argocd/app-name': 'cart-dev', 'argocd/project-name': 'services' },
      false,
    ],
    ['its code', { [CODE]: 'url:https://git.acme.test/acme/cart' }, true],
    ['code on another host', { [CODE]: 'url:https://x.test/acme/cart' }, false],
    ['nothing', {}, false],
  ])('finds what is selected by %s', (_, annotations, isFound) => {
    const wanted = selection('cart', annotations);
    const index = new SelectionIndex();
    index.add(wanted);
    index.add(selection('web', { 'argocd/app-name': 'web' }));

    expect(index.of(cart)).toEqual(isFound ? [wanted] : []);

    index.remove(wanted);
    expect(index.of(cart)).toEqual([]);
  });

  it('finds an entity that the platform names, once', () => {
    const own = selection('cart', {
      [CODE]: 'url:http://localhost:7080/acme/cart',
    });
    const index = new SelectionIndex();
    index.add(own);

    expect(index.of(application())).toEqual([own]);
  });
});
