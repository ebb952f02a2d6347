import fc from 'fast-check';

const HOW_MANY = 1_000;

/** What breaks addresses, queries, headers, selectors, patterns and pages. */
const PIECES = [
  '..',
  '.',
  '/',
  '//',
  '\\',
  '%2F',
  '%252F',
  '%2e%2e',
  '%00',
  '%',
  '?',
  '#',
  '&',
  '=',
  ';',
  ',',
  '!',
  '(',
  ')',
  'in (',
  '*',
  '+',
  ' ',
  '\0',
  '\r\n',
  '\t',
  '"',
  "'",
  '`',
  '<script>',
  '${x}',
  '{{x}}',
  '../../../api/v1/session',
  '@',
  ':',
  '|',
  'http://',
  'cart',
  'cart-dev-dev',
  'argocd',
  'main',
  'constructor',
  '__proto__',
  'é',
  '\u202E',
  '\uFEFF',
  '𝕏',
  'ß',
  'İ',
  'a'.repeat(300),
  '9'.repeat(40),
];

/** The same in every run. */
export const HOSTILE_TEXTS = fc.sample(
  fc.oneof(
    fc
      .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 6 })
      .map(it => it.join('')),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
  ),
  { numRuns: HOW_MANY, seed: 20_260_101 },
);
