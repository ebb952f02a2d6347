import { InputError } from '@backstage/errors';
import { parseAllDocuments } from 'yaml';
import { isKubeObject, type KubeObject } from '../cluster/KubeObject';

/**
 * The Kubernetes objects of a YAML or JSON text; empty documents are skipped.
 *
 * @throws InputError where it does not parse or something is no Kubernetes object.
 */
export function parseManifests(text: string): KubeObject[] {
  return parseAllDocuments(text, { merge: true }).flatMap(document => {
    const [error] = document.errors;
    if (error) throw new InputError(`error parsing YAML: ${error.message}`);
    const value: unknown = document.toJS();
    if (value === null || value === undefined) return [];
    if (!isKubeObject(value)) {
      throw new InputError("Object 'Kind' is missing in a manifest");
    }
    return [value];
  });
}
