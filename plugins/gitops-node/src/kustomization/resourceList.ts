import { InputError } from '@backstage/errors';
import {
  isAlias,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type YAMLSeq,
} from 'yaml';
import { findPair, type Kustomization } from './Kustomization';

/**
 * A list of a kustomization: its node where it has one, or the pair that has
 * no value yet.
 */
export interface ListPlace {
  readonly pair?: Pair<Node, Node | null>;
  readonly list?: YAMLSeq<Node>;
}

/**
 * Finds a list and refuses what cannot be edited as one.
 */
export function findList(kustomization: Kustomization, key: string): ListPlace {
  const pair = findPair(kustomization.root, key);
  if (!pair) {
    refuseMerged(kustomization, key);
    return {};
  }
  const { value } = pair;
  if (isSeq<Node>(value)) {
    return { pair, list: value };
  }
  if (!value || (isScalar(value) && value.value === null)) {
    return { pair };
  }
  const at = kustomization.place(value.range?.[0] ?? 0);
  if (isAlias(value)) {
    throw new InputError(
      `\`${key}\` at ${at} is the alias *${value.source}; a change of it would change the list it stands for too. Write the list out under \`${key}\`.`,
    );
  }
  throw new InputError(
    `\`${key}\` at ${at} is not a list. Make it one: each entry on a line of its own after \`- \`.`,
  );
}

function refuseMerged({ content }: Kustomization, key: string) {
  if (content[key] !== undefined) {
    throw new InputError(
      `\`${key}\` comes from a merge key (\`<<\`). Write the list out under \`${key}\`.`,
    );
  }
}

/**
 * A resource in the list, as text.
 */
interface ResourceEntry {
  readonly value: string;
  readonly node: Node;
}

/**
 * The kustomization's resources with their nodes.
 */
export function resourceEntries(
  kustomization: Kustomization,
  list: YAMLSeq<Node> | undefined,
): ResourceEntry[] {
  const values = (kustomization.content.resources ?? []) as unknown[];
  return (list?.items ?? []).map((node, index) => {
    const value = values[index];
    if (typeof value === 'object' && value !== null) {
      const at = kustomization.place(node.range?.[0] ?? 0);
      throw new InputError(
        `Entry ${
          index + 1
        } of \`resources\` at ${at} is not a path or an address. Name a file, a folder or a remote base there.`,
      );
    }
    return { node, value: value === null ? '' : String(value) };
  });
}
