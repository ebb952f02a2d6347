import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '@backstage/errors';
import { addResource, hasResource, removeResource } from '.';

const ADDED = 'apps/hello-dev-dev.yaml';
const folder = path.join(__dirname, '__fixtures__');
const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
const names = readdirSync(folder)
  .filter(name => name.endsWith('.before'))
  .map(name => name.slice(0, -'.before'.length));
const refused = names.filter(name =>
  existsSync(path.join(folder, `${name}.refused`)),
);
const edited = names.filter(name => !refused.includes(name));

describe('the corpus of odd kustomizations', () => {
  it('has not got lost', () => {
    expect(edited.length).toBeGreaterThanOrEqual(40);
    expect(refused.length).toBeGreaterThanOrEqual(10);
  });

  it.each(edited)('%s: adds the entry and nothing else', name => {
    expect(addResource(read(`${name}.before`), ADDED)).toBe(
      read(`${name}.after`),
    );
  });

  it.each(edited)('%s: has the entry after it was added', name => {
    const after = read(`${name}.after`);

    expect(hasResource(read(`${name}.before`), ADDED)).toBe(false);
    expect(hasResource(after, ADDED)).toBe(true);
    expect(addResource(after, `./${ADDED}`)).toBe(after);
  });

  it.each(edited)('%s: removing undoes it', name => {
    const removed = existsSync(path.join(folder, `${name}.removed`))
      ? `${name}.removed`
      : `${name}.before`;

    expect(removeResource(read(`${name}.after`), ADDED)).toBe(read(removed));
  });

  it.each(refused)('%s: says where and what', name => {
    const add = () => addResource(read(`${name}.before`), ADDED);

    expect(add).toThrow(InputError);
    expect(add).toThrow(read(`${name}.refused`).trim());
  });
});
