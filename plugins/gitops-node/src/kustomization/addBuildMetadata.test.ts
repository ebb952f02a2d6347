import { InputError } from '@backstage/errors';
import { addBuildMetadata } from '.';

const ORIGINS = 'originAnnotations';

describe('addBuildMetadata', () => {
  it.each([
    [
      'behind the rest, in the style of the file',
      '# ours\nresources:\n- a.yaml # first\n\n# the end\n',
      '# ours\nresources:\n- a.yaml # first\n\n# the end\nbuildMetadata:\n- originAnnotations\n',
    ],
    [
      'indented, where the other lists are',
      'resources:\n  - a.yaml\n',
      'resources:\n  - a.yaml\nbuildMetadata:\n  - originAnnotations\n',
    ],
    [
      'to what is there',
      'buildMetadata:\n- managedByLabel # who\nresources: []\n',
      'buildMetadata:\n- managedByLabel # who\n- originAnnotations\nresources: []\n',
    ],
    [
      'to a list in a line',
      'buildMetadata: [managedByLabel]\n',
      'buildMetadata: [managedByLabel, originAnnotations]\n',
    ],
    [
      'to a key without a value',
      'buildMetadata:\nresources: []\n',
      'buildMetadata: [originAnnotations]\nresources: []\n',
    ],
    [
      'to a file in JSON',
      '{"resources": ["a.yaml"]}\n',
      '{"resources": ["a.yaml"], "buildMetadata": ["originAnnotations"]}\n',
    ],
    [
      'without changing line breaks',
      'resources:\r\n- a.yaml\r\n',
      'resources:\r\n- a.yaml\r\nbuildMetadata:\r\n- originAnnotations\r\n',
    ],
  ])('adds it %s, and once', (...[, before, after]) => {
    expect(addBuildMetadata(before, ORIGINS)).toBe(after);
    expect(addBuildMetadata(after, ORIGINS)).toBe(after);
  });

  it.each([
    ['a list that is none', 'buildMetadata: origin\n'],
    ['no kustomization', 'kind: Deployment\n'],
  ])('refuses %s', (_, text) => {
    expect(() => addBuildMetadata(text, ORIGINS)).toThrow(InputError);
  });
});
