import { type Entity } from '@backstage/catalog-model';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { DefaultEntityPresentationApi } from '@backstage/plugin-catalog';
import {
  catalogApiRef,
  entityPresentationApiRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import {
  type ScaffolderApi,
  scaffolderApiRef,
} from '@backstage/plugin-scaffolder-react';
import { type JsonObject } from '@backstage/types';
import { configure } from '@testing-library/react';
import { gitopsApiRef } from '../../gitopsApiRef';
import { gitopsPlugin } from '../../plugin';
import { type World } from '../../testing/deployments';
import { fakeGitopsApi } from '../../testing/fakeGitopsApi';
import { withoutPermissions } from '../../testing/withoutPermissions';

// The scaffolder's page is large, and loaded when it is first looked at.
configure({ asyncUtilTimeout: 20_000 });

/** A template with the question `answer` in the scaffolder's own page. */
export function renderForm(options: {
  world: World;
  question: JsonObject;
  /** Whether it may be left open; questions for a text may not otherwise. */
  isOptional?: boolean;
  /** Questions that come before it, by name. */
  before?: JsonObject;
  /** As a link fills it in. */
  formData?: JsonObject;
  /** What is in the catalog. */
  entities?: Entity[];
}): { scaffolded: JsonObject[] } {
  const { world, question, before, formData = {}, entities } = options;
  const isRequired = question.type === 'string' && !options.isOptional;
  const catalogApi = catalogApiMock({ entities });
  const scaffolded: JsonObject[] = [];
  const scaffolder: Partial<ScaffolderApi> = {
    getTemplateParameterSchema: async () => ({
      title: 'Template',
      steps: [
        {
          title: 'Question',
          schema: {
            required: isRequired ? ['answer'] : [],
            properties: { ...before, answer: question },
          },
        },
      ],
    }),
    scaffold: async ({ values }) => {
      scaffolded.push(values as JsonObject);
      return { taskId: 'task' };
    },
  };
  // The form scrolls to its top, which jsdom cannot.
  window.scrollTo = () => {};
  const query = new URLSearchParams({ formData: JSON.stringify(formData) });
  window.history.replaceState({}, '', `?${query}`);
  renderTestApp({
    features: [scaffolderPlugin, gitopsPlugin],
    apis: [
      [gitopsApiRef, fakeGitopsApi(world)],
      [scaffolderApiRef, scaffolder],
      [catalogApiRef, catalogApi],
      [
        entityPresentationApiRef,
        DefaultEntityPresentationApi.create({ catalogApi }),
      ],
    ],
    initialRouteEntries: ['/create/templates/default/template'],
    config: withoutPermissions,
  });
  return { scaffolded };
}
