import { type Intent, readIntent, trailersOf } from './Intent';

const REGISTER: Intent = {
  entityRef: 'component:default/cart',
  environment: 'dev',
  repository: 'https://github.com/acme/cart',
  by: 'user:default/maya',
};

describe('intents', () => {
  it.each([
    ['a registration', REGISTER],
    [
      'a registration of another kind',
      { ...REGISTER, layout: 'multi-repo-remote-base' },
    ],
    ['a removal', { ...REGISTER, workloads: 'keep' as const }],
  ])('of %s are read back from their trailers', (_, intent) => {
    expect(readIntent(trailersOf(intent))).toEqual(intent);
  });

  it.each([
    ['nothing', {}],
    ['half of it', { Entity: 'component:default/cart', Environment: 'dev' }],
    [
      'a removal of unknown kind',
      { ...trailersOf({ ...REGISTER, workloads: 'keep' }), Workloads: 'some' },
    ],
  ])('are not made out of %s', (_, trailers) => {
    expect(readIntent(trailers)).toBeUndefined();
  });
});
