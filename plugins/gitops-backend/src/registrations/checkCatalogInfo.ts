import {
  DEFAULT_NAMESPACE,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod/v4';
import { type Service } from './Service';

/** Where an entity is described in its repository. */
export const CATALOG_INFO = 'catalog-info.yaml';

const description = z.object({
  kind: z.string(),
  metadata: z.object({
    name: z.string(),
    namespace: z.string().default(DEFAULT_NAMESPACE),
  }),
  spec: z.object({ owner: z.string() }),
});

/**
 * Holds a claim about a service against what its repository says: nobody
 * registers somebody else's repository as theirs, be it by a request or by an
 * entity that points to it. A service of the catalog may be described elsewhere.
 *
 * @param text - the repository's catalog-info.yaml, `null` where it has none
 *
 * @throws NotAllowedError where they differ.
 */
export function checkCatalogInfo(text: string | null, service: Service): void {
  if (text === null) {
    return;
  }
  const entities = parseAllDocuments(text).flatMap(document => {
    const { data } = description.safeParse(document.toJS());
    return data ? [data] : [];
  });
  if (service.inCatalog && entities.length === 0) {
    return;
  }
  const own = entities.find(
    ({ kind, metadata }) =>
      stringifyEntityRef({ kind, ...metadata }) === service.entityRef,
  );
  const owner =
    own &&
    stringifyEntityRef(
      parseEntityRef(own.spec.owner, {
        defaultKind: 'group',
        defaultNamespace: own.metadata.namespace,
      }),
    );
  // An entity of the catalog that nobody owns yet is still the same entity.
  const isUnowned = service.inCatalog && service.owners.length === 0;
  if (!owner || !(isUnowned || service.owners.includes(owner))) {
    throw new NotAllowedError(
      `${CATALOG_INFO} of the repository does not describe ${
        service.entityRef
      } with owner ${service.owners.join(
        ', ',
      )}. Give the name and owner that are written there, or correct the file.`,
    );
  }
}
