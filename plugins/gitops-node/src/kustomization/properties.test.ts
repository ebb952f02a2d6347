import fc from 'fast-check';
import { parse } from 'yaml';
import {
  resource,
  styledKustomization,
} from './__testUtils__/arbitraryKustomization';
import { resourceIdentity } from './sameResource';
import { addResource, hasResource, readResources, removeResource } from '.';

const runs = { numRuns: 500 };
const hasNot = (resources: readonly string[], added: string) =>
  resources.every(
    present => resourceIdentity(present) !== resourceIdentity(added),
  );
const lines = (text: string) => text.split(/\r?\n/);
const content = (text: string) => {
  const { resources, ...others } = parse(text) ?? {};
  return { resources: resources ?? [], others };
};

describe('for every kustomization', () => {
  it('adding changes the parsed file by this one element', () => {
    fc.assert(
      fc.property(
        styledKustomization,
        resource,
        ({ text, resources }, added) => {
          fc.pre(hasNot(resources, added));
          const before = content(text);
          const after = content(addResource(text, added));

          expect(after.others).toEqual(before.others);
          expect(
            after.resources.filter((one: string) => one !== added),
          ).toEqual(resources);
          expect(after.resources).toHaveLength(resources.length + 1);
        },
      ),
      runs,
    );
  });

  it('adding to a block list adds one line and removes none', () => {
    fc.assert(
      fc.property(styledKustomization, resource, (kustomization, added) => {
        const { text, resources, list } = kustomization;
        fc.pre(list === 'block' && hasNot(resources, added));
        const before = lines(text);
        const after = lines(addResource(text, added));
        const at = after.findIndex((line, index) => line !== before[index]);

        expect(after[at]).toContain(added);
        expect(after.toSpliced(at, 1)).toEqual(before);
      }),
      runs,
    );
  });

  it('adding keeps the line breaks of the file', () => {
    fc.assert(
      fc.property(styledKustomization, resource, (kustomization, added) => {
        const { text, lineBreak } = kustomization;
        fc.pre(text.includes('\n'));
        const after = addResource(text, added);

        expect(after.replaceAll(lineBreak, '')).not.toMatch(/[\r\n]/);
        expect(after.endsWith('\n')).toBe(text.endsWith('\n'));
      }),
      runs,
    );
  });

  it('adding twice is adding once', () => {
    fc.assert(
      fc.property(styledKustomization, resource, ({ text }, added) => {
        const once = addResource(text, added);

        expect(addResource(once, added)).toBe(once);
        expect(hasResource(once, added)).toBe(true);
      }),
      runs,
    );
  });

  it('removing what was added gives the original bytes', () => {
    fc.assert(
      fc.property(styledKustomization, resource, (kustomization, added) => {
        const { text, resources, list } = kustomization;
        fc.pre(hasNot(resources, added));
        const expected =
          list === 'no value'
            ? text.replace(/^(\uFEFF?resources:)/m, '$1 []')
            : text;

        expect(removeResource(addResource(text, added), added)).toBe(expected);
      }),
      runs,
    );
  });

  it('two entries can be added in either order', () => {
    fc.assert(
      fc.property(
        styledKustomization,
        fc.uniqueArray(resource, { minLength: 2, maxLength: 2 }),
        ({ text }, [a = '', b = '']) => {
          const one = addResource(addResource(text, a), b);
          const other = addResource(addResource(text, b), a);

          expect(readResources(one).sort()).toEqual(
            readResources(other).sort(),
          );
          expect(content(one).others).toEqual(content(other).others);
        },
      ),
      runs,
    );
  });

  it("removing somebody's entry from a block list deletes its line only", () => {
    fc.assert(
      fc.property(styledKustomization, fc.nat(), (kustomization, pick) => {
        const { text, resources, list } = kustomization;
        fc.pre(list === 'block' && resources.length > 1);
        const removed = resources[pick % resources.length] ?? '';
        const before = lines(text);
        const after = lines(removeResource(text, removed));
        const at = before.findIndex(line =>
          new RegExp(
            `^\uFEFF?\\s*- +["']?${escape(removed)}["']?( #.*)?$`,
          ).test(line),
        );

        expect(after).toEqual(before.toSpliced(at, 1));
      }),
      runs,
    );
  });

  it('a sorted list stays sorted', () => {
    fc.assert(
      fc.property(
        styledKustomization,
        resource,
        ({ text, resources }, added) => {
          fc.pre(resources.length > 1);
          fc.pre([...resources].sort().join() === resources.join());
          const after = readResources(addResource(text, added));

          expect(after).toEqual([...after].sort());
        },
      ),
      runs,
    );
  });
});

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
