import {
  DEPLOYMENT_DOCUMENT,
  type DeploymentDocument,
} from '@callboard/backstage-plugin-gitops-common';

/** The catalog's document of an entity, as far as it is shown. */
export interface EntityDocument {
  readonly title: string;
  readonly text: string;
  readonly location: string;
  readonly kind: string;
  readonly namespace: string;
  readonly type?: string;
  readonly lifecycle?: string;
  readonly owner?: string;
}

/** What the search answers, of which it knows next to nothing. */
interface Result {
  readonly type: string;
  readonly document: { readonly location: string };
}

/** A service that was found, maybe by several documents. */
export interface FoundService {
  readonly entityRef: string;
  /** The document of the catalog, where it was found. */
  readonly entity?: EntityDocument;
  /** Deployments that were found, the best first. */
  readonly deployments: readonly DeploymentDocument[];
}

const CATALOG = 'software-catalog';

/** Whether a result is a deployment, or a component of the catalog. */
export function isOfService({ type, document }: Result): boolean {
  return (
    type === DEPLOYMENT_DOCUMENT ||
    (type === CATALOG && (document as EntityDocument).kind === 'Component')
  );
}

/**
 * The service that a result is about, with what else of it is on the page.
 * People look for services; the search finds documents.
 *
 * @returns nothing where a better result of the same service is on the page.
 */
export function gatherService(
  result: Result,
  page: readonly Result[],
): FoundService | undefined {
  const entityRef = entityRefOf(result);
  const others = page.filter(
    it => isOfService(it) && entityRefOf(it) === entityRef,
  );
  const isOnPage = others.some(it => isSame(it, result));
  const all = isOnPage ? others : [result];
  const entity = all.find(({ type }) => type === CATALOG);
  return all[0] && isSame(all[0], result)
    ? {
        entityRef,
        ...(entity && { entity: entity.document as EntityDocument }),
        deployments: all
          .filter(({ type }) => type === DEPLOYMENT_DOCUMENT)
          .map(({ document }) => document as DeploymentDocument),
      }
    : undefined;
}

function isSame(a: Result, b: Result): boolean {
  return a.type === b.type && a.document.location === b.document.location;
}

function entityRefOf({ type, document }: Result): string {
  if (type === DEPLOYMENT_DOCUMENT) {
    return (document as DeploymentDocument).deployment.entityRef;
  }
  // The catalog's documents have no name but the one in their address.
  const { kind, namespace, location } = document as EntityDocument;
  const name = location.split(/[?#]/)[0]?.split('/').at(-1) ?? '';
  return `${kind}:${namespace}/${decode(name)}`.toLowerCase();
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
