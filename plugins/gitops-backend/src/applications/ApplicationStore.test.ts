import { application } from '../__testUtils__/argoApplication';
import { type ApplicationChange, ApplicationStore } from './ApplicationStore';
import { applicationKey } from './applicationKeys';

describe('ApplicationStore', () => {
  it('finds applications by each of their properties', () => {
    const store = new ApplicationStore();
    const cart = application();
    store.put(cart);
    store.put(
      application({
        metadata: { name: 'web', labels: {}, annotations: {} },
        spec: { project: 'other', source: { repoURL: 'https://x.test/a/web' } },
      }),
    );

    const keys = [
      applicationKey.name('cart-dev-dev'),
      applicationKey.project('services-dev'),
      applicationKey.label('app.kubernetes.io/name', 'cart'),
      applicationKey.labelled('app.kubernetes.io/name'),
      applicationKey.entity('Component:default/CART'),
      applicationKey.repository('acme/cart'),
      applicationKey.folder('acme/cart', 'deploy/overlays/dev'),
    ];
    for (const key of keys) {
      expect([key, store.having([key])]).toEqual([key, [cart]]);
    }
    expect(store.having(keys)).toEqual([cart]);
    expect(store.all()).toHaveLength(2);
  });

  it('forgets what an application was, when it changes', () => {
    const store = new ApplicationStore();
    store.put(application());

    store.put(application({ metadata: { annotations: null, labels: null } }));

    expect(
      store.having([
        applicationKey.entity('component:default/cart'),
        applicationKey.label('app.kubernetes.io/name', 'cart'),
      ]),
    ).toEqual([]);
    expect(store.byName('cart-dev-dev')).toHaveLength(1);
  });

  it('keeps instances apart', () => {
    const store = new ApplicationStore();
    store.put(application({}, 'eu'));
    store.put(application({}, 'us'));

    expect(store.byName('cart-dev-dev')).toHaveLength(2);
    expect(store.ofInstance('us')).toHaveLength(1);
  });

  it('tells what came, changed and went, and nothing where nothing changed', () => {
    const store = new ApplicationStore();
    const changes: ApplicationChange[] = [];
    store.subscribe(change => changes.push(change));
    const before = application();
    const after = application({ status: { health: { status: 'Degraded' } } });

    store.put(before);
    store.put(application());
    store.put(after);
    store.remove(after.id);
    store.remove(after.id);

    expect(changes).toEqual([
      { after: before },
      { before, after },
      { before: after },
    ]);
  });
});
