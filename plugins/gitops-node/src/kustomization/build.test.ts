import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build, findKustomize } from './__testUtils__/kustomize';
import { addResource, readResources, setImage, setVersionLabel } from '.';

const ADDED = 'apps/hello-dev-dev.yaml';
const fixtures = path.join(__dirname, '__fixtures__');
const kustomize = findKustomize();

// Keys that only hold an anchor, and kinds of entries that need the network.
const NOT_FOR_KUSTOMIZE = /^x-|^x:|^crds:|transformers:|op: remove|https:/m;
const names = readdirSync(fixtures)
  .filter(name => name.endsWith('.after'))
  .map(name => name.slice(0, -'.after'.length))
  .filter(name => !NOT_FOR_KUSTOMIZE.test(read(`${name}.before`)));

function read(name: string): string {
  return readFileSync(path.join(fixtures, name), 'utf8');
}

/** Puts a ConfigMap where each entry points to. */
function writeResources(folder: string, resources: readonly string[]) {
  resources.forEach((resource, index) => {
    const isFile = resource.trim().endsWith('.yaml');
    const target = path.join(folder, resource.trim());
    const file = isFile ? target : path.join(target, 'object.yaml');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(
      file,
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: object-${
        resource === ADDED ? 'added' : index
      }\n`,
    );
    if (!isFile) {
      writeFileSync(
        path.join(target, 'kustomization.yaml'),
        'resources: [object.yaml]\n',
      );
    }
  });
}

describe('what kustomize builds', () => {
  let folder: string;
  let root: string;
  const buildText = (text: string) => {
    // Without any entry there is nothing to build, which kustomize refuses.
    if (readResources(text).length === 0) {
      return new Map();
    }
    writeFileSync(path.join(folder, 'kustomization.yaml'), text);
    return build(kustomize, folder);
  };

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'kustomization-'));
    folder = path.join(root, 'a', 'b', 'c', 'd');
    mkdirSync(folder, { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('is tried with most of the corpus', () => {
    expect(names.length).toBeGreaterThanOrEqual(60);
  });

  it.each(names)('%s: the old objects and exactly the added one', name => {
    const text = read(`${name}.before`);
    writeResources(folder, [...readResources(text), ADDED]);

    const before = buildText(text);
    const after = buildText(addResource(text, ADDED));

    expect([...after.keys()].sort()).toEqual(
      [...before.keys(), 'ConfigMap object-added'].sort(),
    );
    expect([...after]).toEqual(expect.arrayContaining([...before]));
  });

  it('the image and the version that were set', () => {
    writeFileSync(
      path.join(folder, 'deployment.yaml'),
      [
        'apiVersion: apps/v1',
        'kind: Deployment',
        'metadata: { name: hello }',
        'spec: { template: { spec: { containers: [{ name: hello, image: hello }] } } }',
      ].join('\n'),
    );
    const digest = `sha256:${'0'.repeat(64)}`;
    const text = setVersionLabel(
      setImage('resources: [deployment.yaml]\n', {
        name: 'hello',
        newName: 'ghcr.io/acme/hello',
        digest,
      }),
      '1.0',
    );

    expect(buildText(text).get('Deployment hello')).toMatchObject({
      metadata: { labels: { 'app.kubernetes.io/version': '1.0' } },
      spec: {
        template: {
          spec: {
            containers: [{ image: `ghcr.io/acme/hello@${digest}` }],
          },
        },
      },
    });
  });
});
