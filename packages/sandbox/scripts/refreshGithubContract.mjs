/**
 * Takes what we serve out of GitHub's published OpenAPI description, which is
 * far too large to depend on. The tests hold the sandbox's answers against it.
 *
 *   npm install --prefix /tmp/github-openapi @octokit/openapi
 *   node scripts/refreshGithubContract.mjs /tmp/github-openapi
 *
 * Reads `contract/operations.json`, writes `contract/github.json`.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const [installedIn = '.'] = process.argv.slice(2);
const contract = new URL('../contract/', import.meta.url);
const package_ = join(installedIn, 'node_modules/@octokit/openapi');

const description = await readJson(
  join(package_, 'generated/api.github.com.json'),
);
const { version } = await readJson(join(package_, 'package.json'));
const operations = await readJson(new URL('operations.json', contract));

/** What checks nothing. */
const PROSE = [
  'default',
  'deprecated',
  'description',
  'discriminator',
  'example',
  'examples',
  'externalDocs',
  'format',
  'readOnly',
  'title',
];
const schemas = {};
const subset = {
  source: `@octokit/openapi ${version}, api.github.com`,
  operations: Object.fromEntries(
    operations.map(operation => [operation, answersOf(operation)]),
  ),
  schemas,
};
await writeFile(
  new URL('github.json', contract),
  `${JSON.stringify(subset, null, 1)}\n`,
);
process.stdout.write(
  `${operations.length} operations, ${Object.keys(schemas).length} schemas\n`,
);

/** Schema by status; null where the answer has no JSON body. */
function answersOf(operation) {
  const [method, path] = operation.split(' ');
  const found = description.paths[path]?.[method.toLowerCase()];
  if (!found) {
    throw new TypeError(`GitHub has no operation ${operation}`);
  }
  return Object.fromEntries(
    Object.entries(found.responses).map(([status, response]) => {
      const content = resolved(response).content ?? {};
      const json = content['application/json'] ?? Object.values(content)[0];
      return [status, json?.schema ? taken(json.schema) : null];
    }),
  );
}

function resolved(node) {
  if (!node.$ref) return node;
  return node.$ref
    .slice(2)
    .split('/')
    .reduce((at, key) => at[key], description);
}

/** The schema as JSON Schema, without prose; what it refers to comes along. */
function taken(schema) {
  if (Array.isArray(schema)) return schema.map(taken);
  if (schema === null || typeof schema !== 'object') return schema;
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1);
    if (!(name in schemas)) {
      schemas[name] = {};
      schemas[name] = taken(description.components.schemas[name]);
    }
    return { $ref: `#/schemas/${name}` };
  }
  const { nullable, oneOf, ...others } = schema;
  // GitHub's alternatives overlap: an error fits several of them.
  const rest = oneOf ? { ...others, anyOf: oneOf } : others;
  const plain = Object.fromEntries(
    Object.entries(rest)
      .filter(([key]) => !isProse(key))
      .map(([key, value]) => [
        key,
        key === 'properties' ? eachTaken(value) : taken(value),
      ]),
  );
  return nullable ? { anyOf: [plain, { type: 'null' }] } : plain;
}

function eachTaken(properties) {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [name, taken(value)]),
  );
}

function isProse(key) {
  return PROSE.includes(key) || key.startsWith('x-');
}

async function readJson(file) {
  return JSON.parse(await readFile(file, 'utf8'));
}
