import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type TemplateEntityV1beta3,
  templateEntityV1beta3Validator,
} from '@backstage/plugin-scaffolder-common';
import { type JsonObject } from '@backstage/types';
import { parse } from 'yaml';
import { TemplateRunner } from './__testUtils__/TemplateRunner';
import { ABSENT, ANSWERS, ENVIRONMENTS } from './__testUtils__/answers';
import { TEMPLATES } from './__testUtils__/files';

const MOST_IN_A_LABEL = 63;
const SHOWN_NOT_ASKED = 'null';
const IN_WORDS = 'GitopsInWords';
const ENTITY_REFERENCES = ['MyGroupsPicker', 'EntityPicker'];
const NOT_REVIEWED = { 'ui:backstage': { review: { show: false } } };

const read = (path: string) =>
  parse(readFileSync(join(TEMPLATES, path), 'utf-8'));
const locations: { spec: { targets: string[] } } = read('all.yaml');
const templates: TemplateEntityV1beta3[] = locations.spec.targets.map(read);

describe.each(templates.map(template => [template.metadata.name, template]))(
  'the template %s',
  (_name, template) => {
    const pages = [template.spec.parameters ?? []].flat() as {
      title: string;
      required: string[];
      properties: Record<string, JsonObject>;
    }[];
    const questions = pages.flatMap(page =>
      Object.entries(page.properties).filter(
        ([, property]) =>
          property.type !== SHOWN_NOT_ASKED &&
          property['ui:field'] !== IN_WORDS,
      ),
    );

    it('is one', async () => {
      await expect(
        templateEntityV1beta3Validator.check(template),
      ).resolves.toBe(true);
    });

    it('asks for what its steps use, and uses what it asks for', () => {
      const text = JSON.stringify([template.spec.steps, template.spec.output]);
      const used = [...text.matchAll(/parameters\.(\w+)/g)].map(
        ([, parameter]) => parameter,
      );
      const asked = questions.map(([name]) => name);

      expect([...new Set(used)].sort()).toEqual(asked.sort());
    });

    it('names each question on the form and on the review page', () => {
      for (const page of pages) {
        expect(page.title).toBeTruthy();
      }
      for (const [, question] of questions) {
        expect(question.title).toBeTruthy();
      }
    });

    it('has each entity reference reviewed in words, under the same title', () => {
      for (const { properties } of pages) {
        const references = Object.entries(properties).filter(([, property]) =>
          ENTITY_REFERENCES.includes(String(property['ui:field'])),
        );
        expect(properties.inWords?.properties ?? {}).toMatchObject(
          Object.fromEntries(
            references.map(([name, { title }]) => [
              name,
              { title, type: 'string' },
            ]),
          ),
        );
      }
    });

    it('has nothing reviewed twice, or under another title', () => {
      for (const { properties } of pages) {
        const inWords: JsonObject = Object(properties.inWords?.properties);
        for (const [name, words] of Object.entries(inWords)) {
          expect(properties[name]).toMatchObject({
            title: Object(words).title,
            ...NOT_REVIEWED,
          });
        }
      }
    });

    it('asks nobody for the words', () => {
      for (const { properties, required } of pages) {
        const words = Object.entries(properties).filter(
          ([, property]) => property['ui:field'] === IN_WORDS,
        );
        for (const [name, property] of words) {
          expect(property).toMatchObject({
            type: 'object',
            'ui:widget': 'hidden',
          });
          expect(property).not.toHaveProperty('required');
          expect(required).not.toContain(name);
        }
      }
    });
  },
);

describe('the form of a microservice', () => {
  const [first] = [templates[0]?.spec.parameters ?? []].flat();
  const { name, description } = first?.properties as Record<
    string,
    { default?: string; maxLength: number; pattern: string }
  >;

  it.each([
    ['hello', true],
    ['order-history', true],
    ['s3', true],
    ['Hello', false],
    ['3s', false],
    ['-hello', false],
    ['hello-', false],
    ['order_history', false],
    ['order.history', false],
    ['grüezi', false],
  ])('takes the name %s: %s', (candidate, taken) => {
    expect(new RegExp(name?.pattern ?? '').test(candidate)).toBe(taken);
  });

  it('has name and purpose reviewed first, though the owner may be known before', () => {
    expect(Object.keys(first?.properties ?? {}).slice(0, 2)).toEqual([
      'name',
      'description',
    ]);
    expect(name?.default).toBe('');
    expect(description?.default).toBe('');
  });

  it("leaves room for the sandbox's environments and clusters in a name", () => {
    const { gitops } = parse(
      readFileSync(join(TEMPLATES, '../app-config.sandbox.yaml'), 'utf-8'),
    );
    const endings = gitops.environments.flatMap(
      (environment: { name: string; clusters: { name: string }[] }) =>
        environment.clusters.map(
          cluster => `-${environment.name}-${cluster.name}`,
        ),
    );

    expect(endings).toHaveLength(4);
    for (const ending of endings) {
      expect((name?.maxLength ?? 0) + ending.length).toBeLessThanOrEqual(
        MOST_IN_A_LABEL,
      );
    }
  });
});

describe('what is configured', () => {
  const properties = templates.flatMap(({ spec }) =>
    [spec.parameters ?? []]
      .flat()
      .flatMap(page => Object.entries(page.properties as JsonObject)),
  );

  it('is shown, and not repeated on the review page', () => {
    expect(Object.fromEntries(properties).configuration).toMatchObject({
      type: SHOWN_NOT_ASKED,
      'ui:field': 'GitopsConfiguration',
      ...NOT_REVIEWED,
    });
  });

  it('says which environments there are, not the template', () => {
    const { environment } = Object.fromEntries(properties);

    expect(environment).toMatchObject({
      type: 'string',
      'ui:field': 'GitopsEnvironmentPicker',
    });
    expect(environment).not.toHaveProperty('enum');
  });
});

describe('a run', () => {
  let runner: TemplateRunner;

  beforeAll(async () => {
    runner = await TemplateRunner.start();
  }, 120_000);
  afterAll(() => runner.stop());

  const REGISTERED = { commitUrl: 'http://localhost:7080/acme/x/commit/1' };

  async function steps(inspected: JsonObject) {
    const { log } = await runner.dryRun('microservice', ANSWERS, {
      'gitops:inspect': inspected,
      'gitops:register': REGISTERED,
    });
    return log.flatMap(
      line => /Running (\S+) in dry-run/.exec(line)?.[1] ?? [],
    );
  }

  it('creates what is missing', async () => {
    await expect(steps(ABSENT)).resolves.toEqual([
      'gitops:inspect',
      'fetch:template',
      'github:repo:create',
      'github:repo:push',
      'catalog:register',
      'gitops:register',
      'gitops:await-entity',
    ]);
  });

  it('fills a repository that is empty', async () => {
    await expect(
      steps({ ...ABSENT, state: 'empty', create: false }),
    ).resolves.toEqual([
      'gitops:inspect',
      'fetch:template',
      'github:repo:push',
      'catalog:register',
      'gitops:register',
      'gitops:await-entity',
    ]);
  });

  it('continues where the repository is complete', async () => {
    await expect(
      steps({ ...ABSENT, state: 'ours', create: false, push: false }),
    ).resolves.toEqual([
      'gitops:inspect',
      'catalog:register',
      'gitops:register',
      'gitops:await-entity',
    ]);
  });

  it('may find the catalog entry only where it continues', async () => {
    const optional = async (inspected: JsonObject) => {
      const { log } = await runner.dryRun('microservice', ANSWERS, {
        'gitops:inspect': inspected,
      });
      return inputOf('catalog:register', log).optional;
    };

    await expect(optional(ABSENT)).resolves.toBe(false);
    await expect(optional({ ...ABSENT, state: 'ours' })).resolves.toBe(true);
  });

  it('tells the actions what the person said', async () => {
    const { log } = await runner.dryRun('microservice', ANSWERS, {
      'gitops:inspect': ABSENT,
      'gitops:register': REGISTERED,
    });

    expect(inputOf('gitops:inspect', log)).toEqual({
      name: 'hello',
      owner: 'group:default/storefront',
    });
    expect(inputOf('gitops:register', log)).toEqual({
      entityRef: 'component:default/hello',
      owner: 'group:default/storefront',
      repository: 'http://localhost:7080/acme/hello',
    });
    expect(inputOf('catalog:register', log).catalogInfoUrl).toBe(
      'http://localhost:7080/acme/hello/blob/main/catalog-info.yaml',
    );
  });

  it.each([
    ['microservice', ANSWERS],
    [
      'add-to-environment',
      { entityRef: 'component:default/cart', environment: 'dev' },
    ],
  ])('registers as it was chosen in %s', async (template, answers) => {
    const { log } = await runner.dryRun(
      template,
      { ...answers, layout: 'multi-repo-remote-base' },
      { 'gitops:inspect': ABSENT, 'gitops:register': REGISTERED },
    );

    expect(inputOf('gitops:register', log)).toMatchObject({
      layout: 'multi-repo-remote-base',
    });
  });

  it('ends with links to what it made', async () => {
    const { output } = await runner.dryRun('microservice', ANSWERS, {
      'gitops:inspect': ABSENT,
      'gitops:register': REGISTERED,
    });

    expect(urls(output)).toEqual([
      '/catalog/default/component/hello/deployments',
      'http://localhost:7080/acme/hello',
      REGISTERED.commitUrl,
    ]);
  });

  it.each(ENVIRONMENTS)('adds a service to %s', async environment => {
    const { log, output } = await runner.dryRun(
      'add-to-environment',
      { entityRef: 'component:default/cart', environment },
      { 'gitops:register': { pullRequestUrl: 'http://localhost:7080/pull/1' } },
    );

    expect(inputOf('gitops:register', log)).toEqual({
      entityRef: 'component:default/cart',
      environment,
    });
    expect(urls(output)).toEqual([
      '/catalog/default/component/cart/deployments',
      'http://localhost:7080/pull/1',
    ]);
  });
});

function inputOf(action: string, log: readonly string[]): JsonObject {
  const line = log.find(text => text.includes(`Running ${action} in`)) ?? '';
  return JSON.parse(line.slice(line.indexOf('{')));
}

/** The links that the page shows: it leaves out those without an address. */
function urls(output: JsonObject): unknown[] {
  return (output.links as JsonObject[]).flatMap(({ url }) => url ?? []);
}
