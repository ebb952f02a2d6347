import { isDeepStrictEqual } from 'node:util';
import { ENTITY_REF_ANNOTATION } from '@callboard/backstage-plugin-gitops-common';
import { parseAllDocuments } from 'yaml';
import { sameResource } from '../kustomization';

/**
 * Whether a file in the repository is what we would write. Of an Application
 * only its name, its source, its destination and the entity that it names
 * count: the rest people may change. Of anything else every value does.
 *
 * @remarks
 * The entity counts because everybody may write an entity that points to
 * somebody else's repository.
 */
export function describesSameObject(present: string, ours: string): boolean {
  const [a, b] = [readObject(present), readObject(ours)];
  if (!a || !b) {
    return false;
  }
  return a.kind === 'Application' && b.kind === 'Application'
    ? isDeepStrictEqual(identityOf(a), identityOf(b)) &&
        sameResource(repositoryOf(a), repositoryOf(b)) &&
        // Whoever wrote it by hand may have left it out.
        [undefined, entityOf(b)].includes(entityOf(a))
    : isDeepStrictEqual(a, b);
}

type ObjectContent = Readonly<Record<string, unknown>>;

function readObject(text: string): ObjectContent | undefined {
  const documents = [...parseAllDocuments(text)].filter(
    document => document.contents !== null,
  );
  const [document] = documents;
  if (!document || documents.length > 1 || document.errors.length > 0) {
    return undefined;
  }
  const content: unknown = document.toJS();
  return typeof content === 'object' && content !== null
    ? (content as ObjectContent)
    : undefined;
}

function at(object: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null
        ? (inner as ObjectContent)[key]
        : undefined,
    object,
  );
}

function identityOf(application: ObjectContent): unknown {
  return [
    at(application, 'metadata', 'name'),
    at(application, 'metadata', 'namespace'),
    at(application, 'spec', 'source', 'path'),
    at(application, 'spec', 'destination', 'server'),
    at(application, 'spec', 'destination', 'namespace'),
  ];
}

function entityOf(application: ObjectContent): string | undefined {
  const entity = at(
    application,
    'metadata',
    'annotations',
    ENTITY_REF_ANNOTATION,
  );
  return entity === undefined ? undefined : String(entity);
}

function repositoryOf(application: ObjectContent): string {
  return String(at(application, 'spec', 'source', 'repoURL'));
}
