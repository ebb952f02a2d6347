import { InputError } from '@backstage/errors';
import { isScalar, parse, Scalar } from 'yaml';

// YAML 1.1 reads 12:30 as a number, to the base of 60.
const SEXAGESIMAL = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/**
 * How a value is written.
 */
export type Quotes = 'plain' | 'single' | 'double';

/**
 * How the neighbour is quoted.
 */
export function quotesOf(node: unknown): Quotes {
  if (isScalar(node)) {
    if (node.type === Scalar.QUOTE_SINGLE) {
      return 'single';
    }
    if (node.type === Scalar.QUOTE_DOUBLE) {
      return 'double';
    }
  }
  return 'plain';
}

/**
 * Writes a string in the wished quotes; where plain would not be read as this
 * very string, in double quotes.
 */
export function writeScalar(value: string, quotes: Quotes): string {
  // eslint-disable-next-line no-control-regex
  if (value === '' || /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(value)) {
    throw new InputError(
      `${JSON.stringify(
        value,
      )} is empty or has control characters; it cannot be written to a kustomization`,
    );
  }
  if (quotes === 'single') {
    return `'${value.replaceAll("'", "''")}'`;
  }
  return quotes === 'plain' && isPlainSafe(value)
    ? value
    : JSON.stringify(value);
}

/**
 * Whether both YAML versions read the plain text as this string, wherever it
 * stands: 1.1, which most Kubernetes tools follow, takes more words for
 * numbers, booleans and dates than 1.2.
 */
function isPlainSafe(value: string): boolean {
  if (value !== value.trim() || SEXAGESIMAL.test(value)) {
    return false;
  }
  return (['1.1', '1.2'] as const).every(version => {
    try {
      const read = parse(`- [${value}]\n- ${value}\n- {k: ${value}}`, {
        version,
        logLevel: 'silent',
      });
      return (
        read.length === 3 &&
        read[0].length === 1 &&
        read[0][0] === value &&
        read[1] === value &&
        Object.keys(read[2]).length === 1 &&
        read[2].k === value
      );
    } catch {
      return false;
    }
  });
}
