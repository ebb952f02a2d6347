import { InputError } from '@backstage/errors';
import { isMap, type Node, type YAMLMap } from 'yaml';
import {
  findPair,
  type Kustomization,
  parseKustomization,
} from './Kustomization';
import { applyEdits, type TextEdit } from './TextEdit';
import { addElement } from './addElement';
import { checkEdit } from './checkEdit';
import { keyQuotes, writeKey } from './insertKey';
import { findList } from './resourceList';
import { writeScalar } from './scalars';
import { setMapValue } from './setMapValue';

const VERSION_LABEL = 'app.kubernetes.io/version';

// https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
const LABEL_VALUE = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

/**
 * Sets the label `app.kubernetes.io/version` in a kustomization's `labels`,
 * where it is, else beside the other labels that are not selectors, else in an
 * entry of its own.
 *
 * @throws InputError where the text is not a kustomization, or the version
 * cannot be a label.
 *
 * @public
 */
export function setVersionLabel(text: string, version: string): string {
  if (!LABEL_VALUE.test(version)) {
    throw new InputError(
      `The version "${version}" cannot be a Kubernetes label: at most 63 letters, digits, ".", "_" and "-", the first and the last a letter or digit`,
    );
  }
  const kustomization = parseKustomization(text);
  const groups = labelGroups(kustomization);
  const at = groups.findIndex(
    ({ pairs }) => pairs[VERSION_LABEL] !== undefined,
  );
  // Selectors of a Deployment cannot change, so the version must not get there.
  const target =
    at === -1
      ? groups.findIndex(group => group.node && !group.includesSelectors)
      : at;
  const group = groups[target];
  const edits = group?.node
    ? setMapValue(text, group.node, { key: VERSION_LABEL, value: version })
    : addGroup(kustomization, version);
  return checkEdit(kustomization, applyEdits(text, edits), {
    key: 'labels',
    value: expectedLabels(kustomization, group ? target : -1, version),
  });
}

interface LabelGroup {
  readonly node?: YAMLMap;
  readonly pairs: Readonly<Record<string, unknown>>;
  readonly includesSelectors: boolean;
}

type LabelContent = Readonly<Record<string, unknown>>;

function labelContents(kustomization: Kustomization): LabelContent[] {
  return (kustomization.content.labels ?? []) as LabelContent[];
}

function labelGroups(kustomization: Kustomization): LabelGroup[] {
  const { list } = findList(kustomization, 'labels');
  return labelContents(kustomization).map((content, index) => {
    const item: Node | undefined = list?.items[index];
    const pairs = isMap(item) ? findPair(item, 'pairs')?.value : undefined;
    return {
      ...(isMap(pairs) && { node: pairs }),
      pairs: (content?.pairs ?? {}) as Record<string, unknown>,
      includesSelectors: content?.includeSelectors === true,
    };
  });
}

function addGroup(kustomization: Kustomization, version: string): TextEdit[] {
  const place = findList(kustomization, 'labels');
  const plain = `${VERSION_LABEL}: ${writeScalar(version, 'plain')}`;
  const { root } = kustomization;
  const write = (key: string) => (root ? writeKey(root, key) : key);
  const flow = `{${write('pairs')}: {${write(VERSION_LABEL)}: ${writeScalar(
    version,
    keyQuotes(root),
  )}}}`;
  return addElement(
    kustomization,
    { key: 'labels', ...place, at: place.list?.items.length ?? 0 },
    { block: ['pairs:', `  ${plain}`], flow },
  );
}

function expectedLabels(
  kustomization: Kustomization,
  at: number,
  version: string,
): LabelContent[] {
  const present = labelContents(kustomization);
  const changed = {
    ...present[at],
    pairs: {
      ...(present[at]?.pairs as LabelContent | undefined),
      [VERSION_LABEL]: version,
    },
  };
  return at === -1 ? [...present, changed] : present.with(at, changed);
}
