import {
  type CST,
  isCollection,
  isPair,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

/**
 * Where an element of a list, or a pair of a map, is in the text.
 */
export interface Entry {
  /** At the dash, the key, the anchor or the value: whichever is first. */
  readonly start: number;
  /** After the value; comments and commas do not belong to it. */
  readonly end: number;
  /** In a flow collection, the comma that follows. */
  readonly comma?: number;
}

/**
 * A list or a map.
 */
export type Collection = YAMLSeq | YAMLMap;

/**
 * Whether the collection is written in brackets or braces.
 */
export function isFlow(collection: Collection): boolean {
  return collection.srcToken?.type === 'flow-collection';
}

/**
 * Where each element of the collection is, in order.
 */
export function entriesOf(collection: Collection): Entry[] {
  const tokens = (collection.srcToken as CST.BlockMap | undefined)?.items ?? [];
  const commas = tokens.map(token =>
    token.start.find(part => part.type === 'comma'),
  );
  return tokens
    .map((token, index) => ({ token, comma: commas[index + 1]?.offset }))
    .filter(({ token }) => isElement(token))
    .map(({ token, comma }, index) => {
      const start = startOf(token);
      return {
        start,
        end: Math.max(endOfItem(collection.items[index]), endOfParts(token)),
        ...(comma !== undefined && { comma }),
      };
    });
}

/**
 * Where the value of a node ends, without what follows it.
 */
export function endOf(node: Node | null | undefined): number {
  const end = node?.range?.[1] ?? 0;
  if (!isCollection(node) || isFlow(node as Collection)) {
    return end;
  }
  // A block's own range reaches over the comments and line breaks after it.
  const last = entriesOf(node as Collection).at(-1);
  return last?.end ?? end;
}

type Token = CST.BlockMap['items'][number];

const SPACE = ['space', 'newline', 'comment', 'comma'];

/** The parser keeps trailing comments and commas as elements of their own. */
function isElement(token: Token): boolean {
  return (
    Boolean(token.key ?? token.value ?? token.sep?.length) ||
    token.start.some(part => !SPACE.includes(part.type))
  );
}

function startOf(token: Token): number {
  const first = token.start.find(part => !SPACE.includes(part.type));
  return (
    first?.offset ??
    token.key?.offset ??
    token.sep?.[0]?.offset ??
    token.value?.offset ??
    0
  );
}

/** The end of an element without a value: of its dash, colon or anchor. */
function endOfParts(token: Token): number {
  const last = [...token.start, ...(token.sep ?? [])].findLast(
    part => !SPACE.includes(part.type),
  );
  return last ? last.offset + last.source.length : 0;
}

function endOfItem(item: unknown): number {
  if (isPair(item)) {
    const { key, value } = item as Pair<Node, Node | null>;
    return Math.max(endOf(key), value ? endOf(value) : 0);
  }
  return endOf(item as Node);
}
