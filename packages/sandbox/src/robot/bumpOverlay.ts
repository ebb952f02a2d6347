import { InputError } from '@backstage/errors';
import {
  type Document,
  type Pair,
  type Scalar,
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  type YAMLMap,
} from 'yaml';

/** What a build made. */
export interface BuiltImage {
  /** Without tag, for example `ghcr.io/acme/cart`. */
  readonly name: string;
  readonly tag: string;
  readonly digest: string;
}

interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * Sets image and version label of an overlay's kustomization and leaves every
 * other byte alone.
 *
 * @throws InputError where the text does not set the image's tag.
 */
export function bumpOverlay(text: string, image: BuiltImage): string {
  const document = parseDocument(text, { keepSourceTokens: true });
  const entry = imageEntry(document, image.name);
  const tag = entry && scalarOf(entry, 'newTag');
  if (!tag) {
    throw new InputError(
      `The overlay has no images entry with newName: ${image.name} and a newTag`,
    );
  }
  const digest = scalarOf(entry, 'digest');
  const replacements = [
    replace(tag, JSON.stringify(image.tag)),
    digest
      ? replace(digest, image.digest)
      : insertAfter(text, tag, `digest: ${image.digest}`),
    ...versionLabels(document).map(label =>
      replace(label, JSON.stringify(image.tag)),
    ),
  ];
  return replacements
    .sort((a, b) => b.from - a.from)
    .reduce(
      (changed, { from, to, text: part }) =>
        changed.slice(0, from) + part + changed.slice(to),
      text,
    );
}

function imageEntry(document: Document, name: string): YAMLMap | undefined {
  const images = document.get('images');
  const entries = isSeq(images) ? images.items.filter(item => isMap(item)) : [];
  return entries.find(
    entry => (entry.get('newName') ?? entry.get('name')) === name,
  );
}

function versionLabels(document: Document): Scalar[] {
  const labels = document.get('labels');
  const items = isSeq(labels) ? labels.items : [];
  return items.flatMap(item => {
    const pairs = isMap(item) ? item.get('pairs') : undefined;
    const label = isMap(pairs) && scalarOf(pairs, 'app.kubernetes.io/version');
    return label ? [label] : [];
  });
}

function scalarOf(map: YAMLMap, key: string): Scalar | undefined {
  const pair = map.items.find(
    (item): item is Pair<Scalar, Scalar> =>
      isPair(item) && isScalar(item.key) && item.key.value === key,
  );
  return isScalar(pair?.value) ? pair.value : undefined;
}

function replace(scalar: Scalar, text: string): Replacement {
  const [from, to] = scalar.range ?? [0, 0];
  return { from, to, text };
}

/** On a line of its own below, as far to the right as the line above. */
function insertAfter(text: string, scalar: Scalar, line: string): Replacement {
  const [start, end] = scalar.range ?? [0, 0];
  const begin = text.lastIndexOf('\n', start - 1) + 1;
  const [indent = ''] = /^[ -]*/.exec(text.slice(begin, start)) ?? [];
  const next = text.indexOf('\n', end);
  const at = next < 0 ? text.length : next;
  const newline = text[at - 1] === '\r' ? '\r\n' : '\n';
  const from = newline === '\r\n' ? at - 1 : at;
  return {
    from,
    to: from,
    text: `${newline}${indent.replace(/-/g, ' ')}${line}`,
  };
}
