import { InputError } from '@backstage/errors';
import {
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  type YAMLMap,
} from 'yaml';
// The same text edits as for kustomizations: positions first, then the string.
import { findPair } from '../kustomization/Kustomization';
import { applyEdits, type TextEdit } from '../kustomization/TextEdit';
import { insertEntry } from '../kustomization/insertEntry';
import { removeEntry } from '../kustomization/removeEntry';
import { RESOURCES_FINALIZER } from './applicationTemplate';

/**
 * Gives an Application's file the finalizer that deletes its workloads with it,
 * or takes it away. Every other byte stays; a file that is no Application stays
 * altogether.
 *
 * @throws InputError where the file is not YAML.
 */
export function setResourcesFinalizer(
  text: string,
  presence: 'present' | 'absent',
): string {
  const document = parseDocument(text, { keepSourceTokens: true });
  const [error] = document.errors;
  if (error) {
    throw new InputError(
      `The Application is not valid YAML: ${error.message}. Correct the file, then try again.`,
    );
  }
  const root = document.contents;
  if (!isMap(root) || document.get('kind') !== 'Application') {
    return text;
  }
  const metadata = findPair(root, 'metadata')?.value;
  if (!isMap(metadata)) {
    throw new InputError(
      'The Application has no metadata. Correct the file, then try again.',
    );
  }
  return applyEdits(
    text,
    presence === 'present'
      ? addFinalizer(text, metadata)
      : removeFinalizer(text, metadata),
  );
}

function finalizersOf(metadata: YAMLMap): Node[] {
  const list = findPair(metadata, 'finalizers')?.value;
  return isSeq<Node>(list) ? list.items : [];
}

/** Also `…/background` and `…/foreground`. */
function deletesResources(node: Node): boolean {
  return (
    isScalar(node) &&
    typeof node.value === 'string' &&
    node.value.split('/')[0] === RESOURCES_FINALIZER
  );
}

function addFinalizer(text: string, metadata: YAMLMap): TextEdit[] {
  const present = finalizersOf(metadata);
  if (present.some(deletesResources)) {
    return [];
  }
  const pair = findPair(metadata, 'finalizers');
  if (isSeq(pair?.value) && present.length > 0) {
    return insertEntry(text, pair.value, {
      entry: { block: [RESOURCES_FINALIZER], flow: RESOURCES_FINALIZER },
      at: present.length,
    });
  }
  const without = pair
    ? removeEntry(text, metadata, metadata.items.indexOf(pair))
    : [];
  return [
    ...without,
    ...insertEntry(text, metadata, {
      entry: {
        block: ['finalizers:', `  - ${RESOURCES_FINALIZER}`],
        flow: `finalizers: [${RESOURCES_FINALIZER}]`,
      },
      at: metadata.items.length,
    }),
  ];
}

function removeFinalizer(text: string, metadata: YAMLMap): TextEdit[] {
  const pair = findPair(metadata, 'finalizers');
  const list = pair?.value;
  const present = finalizersOf(metadata);
  const at = present.findIndex(deletesResources);
  if (!pair || !isSeq(list) || at === -1) {
    return [];
  }
  return present.length === 1
    ? removeEntry(text, metadata, metadata.items.indexOf(pair))
    : removeEntry(text, list, at);
}
