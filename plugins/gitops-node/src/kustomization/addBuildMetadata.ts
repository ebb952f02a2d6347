import { parseKustomization } from './Kustomization';
import { applyEdits } from './TextEdit';
import { addElement } from './addElement';
import { checkEdit } from './checkEdit';
import { keyQuotes } from './insertKey';
import { findList } from './resourceList';
import { writeScalar } from './scalars';

/**
 * Adds an option to a kustomization's `buildMetadata`, which says what kustomize
 * notes down in the objects that it builds. Every other byte stays as it is.
 *
 * @returns the same text where the option is there already.
 *
 * @throws InputError where the text is not a kustomization, or its list cannot
 * be changed by itself.
 *
 * @public
 */
export function addBuildMetadata(text: string, option: string): string {
  const kustomization = parseKustomization(text);
  const place = findList(kustomization, 'buildMetadata');
  const values = (kustomization.content.buildMetadata ?? []) as unknown[];
  if (values.includes(option)) {
    return text;
  }
  const written = writeScalar(option, keyQuotes(kustomization.root));
  const edits = addElement(
    kustomization,
    { key: 'buildMetadata', ...place, at: values.length },
    { block: [written], flow: written },
  );
  return checkEdit(kustomization, applyEdits(text, edits), {
    key: 'buildMetadata',
    value: [...values, option],
  });
}
