import { Document } from 'yaml';

/**
 * Writes a Kubernetes object as YAML: the same object gives the same text.
 *
 * @remarks
 * Quoted by the rules of YAML 1.1, which Kubernetes' tools read: a service
 * named `on` or `1e3` stays a string.
 */
export function writeManifest(object: unknown): string {
  const document = new Document(object, {
    version: '1.1',
    aliasDuplicateObjects: false,
  });
  return document.toString({ lineWidth: 0, directives: false });
}
