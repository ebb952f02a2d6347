import { type ResourceDiff } from '@callboard/backstage-plugin-gitops-common';
import { mapDiff } from './mapDiff';

const SECRET = 'hunter2-and-more';

function deployment(env: object[], more: object = {}) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'cart',
      resourceVersion: '7',
      managedFields: [{ manager: 'argocd' }],
      annotations: {
        'kubectl.kubernetes.io/last-applied-configuration': SECRET,
        team: 'storefront',
      },
    },
    spec: {
      template: { spec: { containers: [{ name: 'cart', env }] } },
      ...more,
    },
    status: { readyReplicas: 1 },
  };
}

function diff(
  live: object | null,
  desired: object | null,
  options: { showValues?: boolean; modified?: boolean; kind?: string } = {},
): ResourceDiff {
  const { showValues = false, modified = true, kind = 'Deployment' } = options;
  const [item] = mapDiff(
    [
      {
        group: 'apps',
        kind,
        namespace: 'cart-dev',
        name: 'cart',
        liveState: JSON.stringify(live),
        normalizedLiveState: JSON.stringify(live),
        targetState: JSON.stringify(desired),
        predictedLiveState: JSON.stringify(desired ?? live),
        modified,
      },
    ],
    { showValues },
  );
  if (!item) {
    throw new TypeError('no item');
  }
  return item;
}

describe('mapDiff', () => {
  const env = [{ name: 'PASSWORD', value: SECRET }];

  it.each<[string, object | null, object | null, boolean, string]>([
    ['is not there', null, deployment([]), true, 'create'],
    ['is no longer in Git', deployment([]), null, true, 'delete'],
    ['differs', deployment([]), deployment(env), true, 'update'],
    ['is as it should be', deployment([]), deployment([]), false, 'none'],
    ['nobody knows', null, null, false, 'none'],
  ])('what %s: %#', (...row) => {
    const [, live, desired, modified, change] = row;
    const item = diff(live, desired, { modified });

    const differs = change !== 'none';
    expect(item.change).toBe(change);
    expect(item.live !== undefined).toBe(differs && live !== null);
    expect(item.desired !== undefined).toBe(differs && desired !== null);
  });

  it('says of what does not differ only that it is there', () => {
    expect(diff(deployment(env), deployment(env), { modified: false })).toEqual(
      {
        group: 'apps',
        kind: 'Deployment',
        namespace: 'cart-dev',
        name: 'cart',
        change: 'none',
        masked: false,
      },
    );
  });

  it('leaves out what only the cluster writes', () => {
    const { live } = diff(deployment([]), deployment([]));

    expect(live).toContain('team: storefront');
    expect(live).not.toMatch(/status|resourceVersion|managedFields|applied/);
  });

  it('hides values of variables, and shows that one changed', () => {
    const item = diff(
      deployment([...env, { name: 'A', value: 'same' }]),
      deployment([
        { name: 'PASSWORD', value: 'other' },
        { name: 'A', value: 'same' },
        { name: 'FROM', valueFrom: { secretKeyRef: { name: 's' } } },
      ]),
    );

    expect(JSON.stringify(item)).not.toMatch(/hunter2|other|same/);
    expect(item.masked).toBe(true);
    expect(item.live).toContain('value: •••• (hidden value 1)');
    expect(item.live).toContain('value: •••• (hidden value 2)');
    expect(item.desired).toContain('value: •••• (hidden value 3)');
    expect(item.desired).toContain('value: •••• (hidden value 2)');
    expect(item.desired).toContain('name: s');
  });

  it('hides values of variables that are a map, as charts have them', () => {
    const resource = (value: string) => ({
      kind: 'Gateway',
      metadata: { name: 'cart', labels: { env: 'production' } },
      spec: {
        env: { PASSWORD: value, nested: { TOKEN: `${SECRET}!` }, DEBUG: true },
      },
    });

    const item = diff(resource(SECRET), resource('other'));

    expect(JSON.stringify(item)).not.toMatch(/hunter2|other|DEBUG: true/);
    expect(item.masked).toBe(true);
    expect(item.live).toMatch(/PASSWORD: •••• \(hidden value \d\)/);
    expect(item.live).toMatch(/TOKEN: ••••/);
    expect(item.live).toContain('env: production');
  });

  describe('an Application of Helm charts', () => {
    const helm = (secret: string) => ({
      releaseName: 'cart-db',
      values: `password: ${secret}`,
      valuesObject: { auth: { password: secret }, list: [{ key: secret }] },
      parameters: [{ name: 'auth.token', value: secret, forceString: true }],
      fileParameters: [{ name: 'config', path: 'files/config.json' }],
      valueFiles: ['values.yaml'],
    });
    const chart = { repoURL: 'https://charts.acme.test', chart: 'postgres' };
    const applicationOf = (secret: string) => ({
      kind: 'Application',
      metadata: { name: 'cart-db' },
      spec: {
        source: { ...chart, helm: helm(secret) },
        sources: [{ ...chart, helm: helm(secret) }],
      },
      operation: { sync: { source: { ...chart, helm: helm(secret) } } },
    });
    const setOf = (secret: string) => ({
      kind: 'ApplicationSet',
      metadata: { name: 'cart-db' },
      spec: { template: { spec: { source: { helm: helm(secret) } } } },
    });

    it.each([
      ['Application', applicationOf],
      ['ApplicationSet', setOf],
    ])('hides the values of the %s', (kind, of) => {
      const item = diff(of(SECRET), of('other'), { kind });

      expect(JSON.stringify(item)).not.toMatch(/hunter2|other/);
      expect(item.masked).toBe(true);
      expect(item.live).not.toBe(item.desired);
      expect(item.live).toMatch(/values: •••• \(hidden value \d\)/);
      expect(item.live).toContain('name: auth.token');
      expect(item.live).toContain('path: files/config.json');
      expect(item.live).toContain('- values.yaml');
    });

    it('shows them to those who may see values', () => {
      const item = diff(applicationOf(SECRET), applicationOf('other'), {
        kind: 'Application',
        showValues: true,
      });

      expect(item.live).toContain(SECRET);
      expect(item.masked).toBe(false);
    });
  });

  it('shows values of variables to those who may see them', () => {
    const item = diff(deployment(env), deployment(env), { showValues: true });

    expect(item.live).toContain(SECRET);
    expect(item.masked).toBe(false);
  });

  it.each([
    ['Secret', false, true],
    ['Secret', true, true],
    ['ConfigMap', false, true],
    ['ConfigMap', true, false],
  ])(
    'hides the data of a %s, values shown %s: %s',
    (kind, showValues, hides) => {
      const object = {
        kind,
        metadata: { name: 'cart' },
        data: { key: SECRET },
        stringData: { other: `${SECRET}!` },
      };

      const item = diff(object, null, { showValues, kind });

      expect(item.live?.includes(SECRET)).toBe(!hides);
      expect(item.masked).toBe(hides);
      expect(item.live).toContain('key:');
    },
  );

  it.each(['', 'null', '[]', '"text"', '{broken', '7'])(
    'takes %j for no object',
    state => {
      const [item] = mapDiff(
        [{ kind: 'Secret', liveState: state, targetState: state }],
        { showValues: true },
      );

      expect(item).toMatchObject({ change: 'none', masked: false });
    },
  );

  it('tells first what differs', () => {
    const state = (name: string, live: object | null, modified: boolean) => ({
      kind: 'Service',
      name,
      normalizedLiveState: JSON.stringify(live),
      targetState: '{"kind":"Service"}',
      predictedLiveState: '{"kind":"Service"}',
      modified,
    });

    const items = mapDiff(
      [
        state('same', {}, false),
        state('changed', {}, true),
        state('new', null, true),
      ],
      { showValues: true },
    );

    expect(items.map(({ name }) => name)).toEqual(['new', 'changed', 'same']);
  });
});
