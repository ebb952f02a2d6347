import { InputError } from '@backstage/errors';
import {
  type Document,
  isMap,
  isScalar,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
  visit,
  type YAMLMap,
} from 'yaml';

/**
 * A kustomization's text together with where everything is in it. Edits use
 * the positions and then change the text: it is never written anew.
 */
export interface Kustomization {
  readonly text: string;
  /** Absent where the file holds nothing but comments. */
  readonly root?: YAMLMap;
  /** The file as plain values. */
  readonly content: Readonly<Record<string, unknown>>;
  /** Where the document ends: new keys go in before it. */
  readonly end: number;
  /** What a person needs to find the offset: `line 3, column 5`. */
  place(offset: number): string;
}

// Flux has a resource of the same kind in a group of its own.
const API_GROUP = 'kustomize.config.k8s.io/';
const KINDS = ['Kustomization', 'Component'];
const DOCUMENT_END = /^(?:\.\.\.|---)(?=\s|$)/m;

/**
 * Reads a kustomization and refuses what is none.
 */
export function parseKustomization(text: string): Kustomization {
  const lines = new LineCounter();
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `line ${Math.max(line, 1)}, column ${Math.max(col, 1)}`;
  };
  // For an empty stream there is no document at all.
  const documents: Document[] = [
    ...parseAllDocuments(text, {
      keepSourceTokens: true,
      lineCounter: lines,
      merge: true,
      prettyErrors: false,
    }),
  ];
  refuseSyntaxErrors(documents, place);
  refuseSeveralDocuments(documents, place);

  const contents = documents[0]?.contents ?? undefined;
  const root = contents && readRoot(contents, place);
  const contentEnd = contents?.range?.[1] ?? firstContentOffset(documents);
  const marker = text.slice(contentEnd).search(DOCUMENT_END);
  const content = root ? readContent(documents[0], place) : {};
  refuseOtherKinds(root, content, place);
  return {
    text,
    ...(root && { root }),
    content,
    end: marker === -1 ? text.length : contentEnd + marker,
    place,
  };
}

/**
 * The pair of a map with this key.
 */
export function findPair(
  map: YAMLMap | undefined,
  key: string,
): Pair<Node, Node | null> | undefined {
  return map?.items.find(
    pair => isScalar(pair.key) && pair.key.value === key,
  ) as Pair<Node, Node | null> | undefined;
}

function refuseSyntaxErrors(
  documents: readonly Document[],
  place: (offset: number) => string,
) {
  const error = documents.flatMap(document => document.errors)[0];
  if (error) {
    throw new InputError(
      `The kustomization is not valid YAML at ${place(error.pos[0])}: ${
        error.message
      }. Correct the file, then try again.`,
    );
  }
}

function refuseSeveralDocuments(
  documents: readonly Document[],
  place: (offset: number) => string,
) {
  const second = documents
    .slice(1)
    .find(document => document.contents !== null && !isEmpty(document));
  const [first] = documents;
  if (second || (documents.length > 1 && first && isEmpty(first))) {
    const offset = second?.range?.[0] ?? first?.range?.[1] ?? 0;
    throw new InputError(
      `The file has several YAML documents; the second starts at ${place(
        offset,
      )}. kustomize reads one. Move the others to files of their own.`,
    );
  }
}

function isEmpty({ contents }: Document): boolean {
  // `---` alone is a document whose content is an empty scalar.
  return (
    contents === null ||
    (isScalar(contents) && contents.value === null && contents.source === '')
  );
}

function readRoot(
  contents: Node,
  place: (offset: number) => string,
): YAMLMap | undefined {
  if (isMap(contents)) {
    return contents;
  }
  if (isScalar(contents) && contents.value === null && !contents.source) {
    return undefined;
  }
  throw new InputError(
    `The file is not a kustomization: at ${place(
      contents.range?.[0] ?? 0,
    )} there is ${
      isScalar(contents) ? 'a single value' : 'a list'
    } where a map with keys like \`resources\` belongs.`,
  );
}

function firstContentOffset(documents: readonly Document[]): number {
  // After a directive or `---`, where there is one.
  return documents[0]?.range?.[1] ?? 0;
}

function readContent(
  document: Document | undefined,
  place: (offset: number) => string,
): Record<string, unknown> {
  try {
    return document?.toJS() ?? {};
  } catch (error) {
    // Also the parser's limit on aliases that expand each other.
    const offset = document && findUnresolvedAlias(document);
    throw new InputError(
      offset === undefined
        ? 'The aliases of the kustomization cannot be resolved. Write the values out.'
        : `The alias at ${place(
            offset,
          )} refers to no anchor before it. Write the value out.`,
    );
  }
}

function findUnresolvedAlias(document: Document): number | undefined {
  let offset: number | undefined;
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document)) {
        return undefined;
      }
      offset = alias.range?.[0];
      return visit.BREAK;
    },
  });
  return offset;
}

function refuseOtherKinds(
  root: YAMLMap | undefined,
  content: Readonly<Record<string, unknown>>,
  place: (offset: number) => string,
) {
  const { kind, apiVersion } = content;
  const found = (key: string) =>
    place(findPair(root, key)?.value?.range?.[0] ?? 0);
  // kustomize fills in either where it is absent.
  if (kind !== undefined && !KINDS.includes(String(kind))) {
    throw new InputError(
      `The file is not a kustomization: its kind at ${found(
        'kind',
      )} is ${kind}. Name the environment's kustomization.yaml instead.`,
    );
  }
  if (apiVersion !== undefined && !String(apiVersion).startsWith(API_GROUP)) {
    throw new InputError(
      `The file is not a kustomization: its apiVersion at ${found(
        'apiVersion',
      )} is ${apiVersion}, not ${API_GROUP}… . Name the environment's kustomization.yaml instead.`,
    );
  }
}
