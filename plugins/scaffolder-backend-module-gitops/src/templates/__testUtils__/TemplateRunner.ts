import { join } from 'node:path';
import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  type TestBackend,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { ResponseError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import githubModule from '@backstage/plugin-scaffolder-backend-module-github';
import {
  createTemplateAction,
  scaffolderActionsExtensionPoint,
} from '@backstage/plugin-scaffolder-node';
import { type JsonObject } from '@backstage/types';
import { parse } from 'yaml';
import { type Files, readFiles, TEMPLATES } from './files';

/** What a dry run of a template makes. */
interface DryRun {
  readonly files: Files;
  readonly output: JsonObject;
  readonly log: readonly string[];
}

type ActionAnswers = Map<string, JsonObject>;

/**
 * The portal's scaffolder, as the template editor asks it for a dry run: its own
 * checks of the input, its templating, its `fetch:template`.
 */
export class TemplateRunner {
  readonly #backend: TestBackend;
  readonly #answers: ActionAnswers;

  private constructor(backend: TestBackend, answers: ActionAnswers) {
    this.#backend = backend;
    this.#answers = answers;
  }

  static async start(): Promise<TemplateRunner> {
    const answers: ActionAnswers = new Map();
    const backend = await startTestBackend({
      features: [
        scaffolderPlugin,
        githubModule,
        catalogServiceMock.factory(),
        actionsModule(answers),
        mockServices.rootLogger.factory({ level: 'none' }),
      ],
    });
    return new TemplateRunner(backend, answers);
  }

  /**
   * Runs a template of the folder.
   *
   * @param actions - what our own actions answer, by their id
   */
  async dryRun(
    template: string,
    values: JsonObject,
    actions: Record<string, JsonObject>,
  ): Promise<DryRun> {
    Object.entries(actions).forEach(action => this.#answers.set(...action));
    const files = readFiles(join(TEMPLATES, template));
    const response = await fetch(
      `http://localhost:${this.#backend.server.port()}/api/scaffolder/v2/dry-run`,
      {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          Authorization: mockCredentials.user.header(),
        },
        body: JSON.stringify({
          template: parse(files['template.yaml'] ?? ''),
          values,
          directoryContents: Object.entries(files).map(([path, text]) => ({
            path,
            base64Content: Buffer.from(text).toString('base64'),
          })),
        }),
      },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    const result = (await response.json()) as {
      directoryContents: { path: string; base64Content: string }[];
      output: JsonObject;
      log: { body: { message: string } }[];
    };
    return {
      files: Object.fromEntries(
        result.directoryContents.map(({ path, base64Content }) => [
          path,
          Buffer.from(base64Content, 'base64').toString('utf-8'),
        ]),
      ),
      output: result.output,
      log: result.log.map(({ body }) => body.message),
    };
  }

  stop(): Promise<void> {
    return this.#backend.stop();
  }
}

/** Stand in for the actions that ask the platform. */
function actionsModule(answers: ActionAnswers) {
  const answering = (id: string) =>
    createTemplateAction({
      id,
      supportsDryRun: true,
      async handler(ctx) {
        for (const [name, value] of Object.entries(answers.get(id) ?? {})) {
          ctx.output(name, value);
        }
      },
    });
  return createBackendModule({
    pluginId: 'scaffolder',
    moduleId: 'answers',
    register({ registerInit }) {
      registerInit({
        deps: { actions: scaffolderActionsExtensionPoint },
        async init({ actions }) {
          actions.addActions(
            answering('gitops:inspect'),
            answering('gitops:register'),
            answering('gitops:await-entity'),
          );
        },
      });
    },
  });
}
