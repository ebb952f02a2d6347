import fc from 'fast-check';
import { application } from '../__testUtils__/argoApplication';
import { environments } from '../__testUtils__/environments';
import { type Application } from '../applications/Application';
import { ApplicationStore } from '../applications/ApplicationStore';
import { isRootOf, rootsOf } from '../applications/isRootOf';
import {
  type EntitySelection,
  isSelected,
  readSelection,
} from './EntitySelection';
import { SelectionIndex } from './SelectionIndex';
import { queryApplications, selectApplications } from './selectApplications';

const GIT = 'http://localhost:7080/acme';
const CODE = 'backstage.io/source-location';

/** Few words, so that much is the same. */
const word = fc.constantFrom('a', 'b', 'a-b');
const folder = fc
  .array(word, { maxLength: 4 })
  .map(folders => folders.join('/'));
const labels = fc.dictionary(fc.constantFrom('x', 'y'), word);
const repository = fc.constantFrom(
  `${GIT}/mono`,
  `${GIT}/Mono.git`,
  'git@localhost:acme/mono.git',
  `${GIT}/gitops-infra`,
  'https://elsewhere.test/acme/mono',
);
const source = fc.oneof(
  { weight: 4, arbitrary: fc.record({ repoURL: repository, path: folder }) },
  { weight: 1, arbitrary: fc.record({ repoURL: repository, ref: word }) },
  fc.constant({
    repoURL: `${GIT}/gitops-infra`,
    path: 'clusters/dev/argocd',
  }),
);

const anApplication: fc.Arbitrary<Application> = fc
  .record({
    name: word,
    namespace: word,
    instance: fc.constantFrom('main', 'us'),
    project: word,
    labels,
    declared: fc.option(word, { freq: 3 }),
    sources: fc.array(source, { minLength: 1, maxLength: 3 }),
  })
  .map(({ name, namespace, instance, declared, project, sources, ...rest }) =>
    application(
      {
        metadata: {
          name,
          namespace,
          labels: rest.labels,
          annotations: declared && {
            'backstage.io/entity-ref': `component:default/${declared}`,
          },
        },
        spec: { project, source: undefined, sources },
      },
      instance,
    ),
  );

const term = fc.constantFrom(
  'x',
  '!x',
  'x=a',
  'y!=b',
  'x in (a,b)',
  'y notin (a)',
  'x=a-b',
);
const selector = fc
  .array(term, { minLength: 1, maxLength: 3 })
  .map(terms => terms.join(','));

const aSelection: fc.Arbitrary<EntitySelection> = fc
  .record({
    name: word,
    annotations: fc.record(
      {
        'argocd/app-name': word,
        'argocd/project-name': word,
        'argocd/app-selector': selector,
        'argocd/instance-name': fc.constantFrom('main', 'us', 'us,main'),
        'argocd/app-namespace': fc.constantFrom('a', 'a,b'),
        [CODE]: folder.map(each => `url:${GIT}/mono/tree/main/${each}`),
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ name, annotations }) =>
    readSelection(
      { apiVersion: 'v1', kind: 'Component', metadata: { name, annotations } },
      'github.com',
    ),
  );

function ids(applications: readonly Application[]): string[] {
  return applications.map(({ id }) => id).sort();
}

const fleet = fc.array(anApplication, { maxLength: 25 });

describe('what is found through an index is what a look at everything finds', () => {
  it('of an entity, also after the fleet has changed', () => {
    fc.assert(
      fc.property(
        fleet,
        fleet,
        fc.array(aSelection, { maxLength: 5 }),
        (before, after, selections) => {
          const store = new ApplicationStore();
          const check = () =>
            selections.forEach(selection =>
              expect(ids(selectApplications(selection, store))).toEqual(
                ids(store.all().filter(each => isSelected(selection, each))),
              ),
            );
          before.forEach(each => store.put(each));
          check();
          after.forEach((each, index) =>
            index % 3 === 0 ? store.remove(each.id) : store.put(each),
          );
          check();
        },
      ),
    );
  });

  it('of what an application is selected by', () => {
    fc.assert(
      fc.property(
        anApplication,
        fc.array(aSelection, { maxLength: 20 }),
        (changed, selections) => {
          const index = new SelectionIndex();
          selections.forEach(each => index.add(each));

          expect(new Set(index.of(changed))).toEqual(
            new Set(selections.filter(each => isSelected(each, changed))),
          );
        },
      ),
    );
  });

  it('of a repository and folder', () => {
    fc.assert(
      fc.property(fleet, repository, folder, (applications, repo, path) => {
        const store = new ApplicationStore();
        applications.forEach(each => store.put(each));

        const found = queryApplications(
          { annotated: {}, source: { repo, path } },
          store,
        );

        const wanted = store
          .all()
          .filter(({ sources }) =>
            sources.some(
              each =>
                each.path === path &&
                !each.isReferenceOnly &&
                isSameAddress(each.repo, repo),
            ),
          );
        expect(ids(found)).toEqual(ids(wanted));
      }),
    );
  });

  it('of roots', () => {
    fc.assert(
      fc.property(fleet, applications => {
        const store = new ApplicationStore();
        applications.forEach(each => store.put(each));
        for (const environment of environments) {
          expect(ids(rootsOf(environment, store))).toEqual(
            ids(store.all().filter(each => isRootOf(each, environment))),
          );
        }
      }),
    );
  });
});

/** Of the few that are used here. */
function isSameAddress(a: string, b: string): boolean {
  const plain = (address: string) =>
    address
      .toLowerCase()
      .replace('git@localhost:', 'localhost/')
      .replace('http://localhost:7080/', 'localhost/')
      .replace(/\.git$/, '');
  return plain(a) === plain(b);
}
