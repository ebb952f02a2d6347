import { type KubeObject } from './KubeObject';
import { applyDefaults } from './applyDefaults';
import { mergeManifest, withoutBookkeeping } from './mergeManifest';
import { sameJson } from './sameJson';

function service(ports: object[], more: object = {}): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'hello', ...more },
    spec: { ports },
  };
}

/** What a cluster has after these manifests were applied one after the other. */
function applied(...manifests: KubeObject[]): KubeObject {
  return manifests.reduce(
    (live, manifest) => applyDefaults(mergeManifest(live, manifest)),
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'hello' } },
  );
}

describe('applying a manifest', () => {
  it('keeps what others added', () => {
    const live = applied(service([{ port: 80 }]));
    live.metadata.labels = { added: 'by somebody' };

    const merged = mergeManifest(live, service([{ port: 80 }]));

    expect(merged.metadata.labels).toEqual({ added: 'by somebody' });
  });

  it('removes what the last manifest said and this one does not', () => {
    const before = service([{ port: 80 }], { labels: { a: '1', b: '2' } });
    const after = service([{ port: 80 }], { labels: { a: '1' } });

    expect(applied(before, after).metadata.labels).toEqual({ a: '1' });
  });

  it('keeps the defaults of a port, but not those of another port', () => {
    expect(
      applied(service([{ port: 80 }]), service([{ port: 81 }])).spec,
    ).toMatchObject({
      ports: [{ port: 81, targetPort: 81, protocol: 'TCP' }],
    });
  });

  it('changes nothing the second time', () => {
    const manifest = service([{ port: 80 }]);
    const once = withoutBookkeeping(applied(manifest));
    const twice = withoutBookkeeping(applied(manifest, manifest));

    expect(sameJson(once, twice)).toBe(true);
  });
});
