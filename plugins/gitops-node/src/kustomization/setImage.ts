import { InputError } from '@backstage/errors';
import { isAlias, isMap, isScalar, type Node, type YAMLMap } from 'yaml';
import {
  findPair,
  type Kustomization,
  parseKustomization,
} from './Kustomization';
import { applyEdits } from './TextEdit';
import { addElement } from './addElement';
import { checkEdit } from './checkEdit';
import { type NewEntry } from './insertEntry';
import { keyQuotes } from './insertKey';
import { findList } from './resourceList';
import { type Quotes, writeScalar } from './scalars';
import { setMapValue } from './setMapValue';

/**
 * An entry of a kustomization's `images`.
 *
 * @public
 */
export interface KustomizationImage {
  /** The image's name in the manifests. */
  readonly name: string;
  readonly newName?: string;
  readonly newTag?: string;
  /** With its algorithm, for example `sha256:9f86…`. */
  readonly digest?: string;
}

/**
 * A change of an entry of `images`: what is absent stays as it is, `null`
 * removes the field.
 *
 * @public
 */
export interface ImageChange {
  readonly name: string;
  readonly newName?: string | null;
  readonly newTag?: string | null;
  readonly digest?: string | null;
}

const FIELDS = ['newName', 'newTag', 'digest'] as const;

/**
 * Sets what a kustomization replaces an image by. Only the values that differ
 * are written; the entry and the list are added where they are missing.
 *
 * @throws InputError where the text is not a kustomization, or its list cannot
 * be changed by itself.
 *
 * @public
 */
export function setImage(text: string, change: ImageChange): string {
  const fields = FIELDS.filter(field => change[field] !== undefined);
  // One field at a time, each on a fresh parse, so that positions never shift.
  return fields.reduce(
    (edited, field) => setField(edited, { ...change, field }),
    hasImage(text, change.name) ? text : addImage(text, change),
  );
}

/**
 * The entry of `images` for an image, or `undefined`.
 *
 * @throws InputError where the text is not a kustomization.
 *
 * @public
 */
export function readImage(
  text: string,
  name: string,
): KustomizationImage | undefined {
  const kustomization = parseKustomization(text);
  const images = imagesOf(kustomization);
  const at = images.findIndex(image => image.name === name);
  const item = images[at];
  if (!item) {
    return undefined;
  }
  const node = findList(kustomization, 'images').list?.items[at];
  const given = FIELDS.filter(field => (item[field] ?? null) !== null);
  return {
    name,
    ...Object.fromEntries(
      given.map(field => [
        field,
        writtenValue(node, field) ?? `${item[field]}`,
      ]),
    ),
  };
}

/** As it is written: `1.10` is a tag, not the number 1.1. */
function writtenValue(node: Node | undefined, field: string) {
  const value = isMap(node) ? findPair(node, field)?.value : undefined;
  return isScalar(value) ? value.source : undefined;
}

type ImageContent = Readonly<Record<string, unknown>>;

function imagesOf(kustomization: Kustomization): readonly ImageContent[] {
  findList(kustomization, 'images');
  const images = (kustomization.content.images ?? []) as readonly unknown[];
  return images.map(image =>
    typeof image === 'object' && image !== null ? (image as ImageContent) : {},
  );
}

function hasImage(text: string, name: string): boolean {
  return imagesOf(parseKustomization(text)).some(image => image.name === name);
}

function addImage(text: string, change: ImageChange): string {
  const kustomization = parseKustomization(text);
  const place = findList(kustomization, 'images');
  const fields = (['name', ...FIELDS] as const).flatMap(field => {
    const value = change[field];
    return value === undefined || value === null ? [] : [{ field, value }];
  });
  const write = (quotes: Quotes) =>
    fields.map(
      ({ field, value }) =>
        `${quotes === 'double' ? JSON.stringify(field) : field}: ${writeScalar(
          value,
          quotes,
        )}`,
    );
  const entry: NewEntry = {
    block: write('plain'),
    flow: `{${write(keyQuotes(kustomization.root)).join(', ')}}`,
  };
  const at = place.list?.items.length ?? 0;
  return checkEdit(
    kustomization,
    applyEdits(
      text,
      addElement(kustomization, { key: 'images', ...place, at }, entry),
    ),
    {
      key: 'images',
      value: [
        ...imagesOf(kustomization),
        Object.fromEntries(fields.map(({ field, value }) => [field, value])),
      ],
    },
  );
}

function setField(
  text: string,
  change: ImageChange & { field: (typeof FIELDS)[number] },
): string {
  const kustomization = parseKustomization(text);
  const images = imagesOf(kustomization);
  const at = images.findIndex(image => image.name === change.name);
  const value = change[change.field] ?? null;
  const { list } = findList(kustomization, 'images');
  const map = editableMap(kustomization, list?.items[at]);
  const { [change.field]: _, ...others } = images[at] ?? {};
  return checkEdit(
    kustomization,
    applyEdits(text, setMapValue(text, map, { key: change.field, value })),
    {
      key: 'images',
      value: images.with(
        at,
        value === null ? others : { ...others, [change.field]: value },
      ),
    },
  );
}

function editableMap(
  kustomization: Kustomization,
  node: Node | undefined,
): YAMLMap {
  if (isMap(node)) {
    return node;
  }
  const at = kustomization.place(node?.range?.[0] ?? 0);
  throw new InputError(
    isAlias(node)
      ? `The image at ${at} is the alias *${node.source}; write it out.`
      : `The image at ${at} is not a map with \`name\`; make it one.`,
  );
}
