import { pathToFileURL } from 'node:url';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  type TestBackend,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import githubModule from '@backstage/plugin-scaffolder-backend-module-github';
import { type JsonObject } from '@backstage/types';
import express from 'express';
import { parse } from 'yaml';
import { scaffolderModuleGitops } from '../../module';
import { readFiles, TEMPLATES } from './files';

const SERVICE = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'hello' },
};

/** A task that has come to its end. */
interface Task {
  readonly status: string;
  /** Everything that its page shows. */
  readonly log: string;
  /** The steps that were not needed. */
  readonly skipped: readonly string[];
}

/**
 * The scaffolder with our actions, in front of a real Git hosting. Catalog and
 * registrations take what they are given.
 */
export class Portal {
  readonly registrations: JsonObject[] = [];
  readonly locations: string[] = [];
  #backend: TestBackend | undefined;
  #looks = 0;

  async start(gitUrl: string): Promise<void> {
    this.#backend = await startTestBackend({
      features: [
        scaffolderPlugin,
        githubModule,
        scaffolderModuleGitops,
        this.#catalog().factory,
        this.#gitopsPlugin(),
        mockServices.rootConfig.factory({ data: configOf(gitUrl) }),
        mockServices.rootLogger.factory({ level: 'none' }),
      ],
    });
  }

  async stop(): Promise<void> {
    await this.#backend?.stop();
  }

  /** Runs the template and waits for its end. */
  async create(values: JsonObject): Promise<Task> {
    const { id } = await this.#ask('POST', '', {
      templateRef: 'template:default/microservice',
      values,
    });
    let status;
    do {
      await new Promise(resolve => setTimeout(resolve, 100));
      ({ status } = await this.#ask('GET', `/${id}`));
    } while (status === 'open' || status === 'processing');
    const events: { body: { message: string } }[] = await this.#ask(
      'GET',
      `/${id}/events`,
    );
    const messages = events.map(({ body }) => body.message);
    return {
      status,
      log: messages.join('\n'),
      skipped: messages.flatMap(
        message => /^Skipping step (\w+)/.exec(message)?.[1] ?? [],
      ),
    };
  }

  async #ask(method: string, path: string, body?: JsonObject) {
    const port = this.#backend?.server.port();
    const response = await fetch(
      `http://localhost:${port}/api/scaffolder/v2/tasks${path}`,
      {
        method,
        headers: {
          'Content-Type': 'application/json',
          Authorization: mockCredentials.user.header(),
        },
        body: body && JSON.stringify(body),
      },
    );
    return response.json();
  }

  #catalog() {
    const path = `${TEMPLATES}/microservice/template.yaml`;
    const template = parse(
      readFiles(TEMPLATES)['microservice/template.yaml'] ?? '',
    );
    template.metadata.annotations = {
      'backstage.io/managed-by-location': `file:${path}`,
      'backstage.io/source-location': `url:${pathToFileURL(path)}`,
    };
    return catalogServiceMock.mock({
      getEntityByRef: async ref =>
        JSON.stringify(ref).includes('template')
          ? template
          : this.#entityWhenRead(),
      addLocation: async ({ target, dryRun }) => {
        if (!dryRun && this.locations.includes(target)) {
          throw new ConflictError(`Location url:${target} already exists`);
        }
        this.locations.push(...(dryRun ? [] : [target]));
        return {
          location: { id: '1', type: 'url', target, entityRef: 'location:a/b' },
          entities: [],
        };
      },
    });
  }

  /** A catalog reads what is entered later, not at once. */
  #entityWhenRead() {
    this.#looks += 1;
    return this.#looks % 3 === 0 && this.locations.length > 0
      ? SERVICE
      : undefined;
  }

  #gitopsPlugin() {
    const { registrations } = this;
    return createBackendPlugin({
      pluginId: 'gitops',
      register({ registerInit }) {
        registerInit({
          deps: { http: coreServices.httpRouter },
          async init({ http }) {
            const router = express.Router();
            router.post('/v1/registrations', express.json(), (req, res) => {
              registrations.push(req.body);
              res.json({
                outcome: 'committed',
                environment: 'dev',
                repository: 'gitops-infra',
                files: [],
                notes: [],
              });
            });
            http.use(router);
          },
        });
      },
    });
  }
}

function configOf(gitUrl: string) {
  const { host } = new URL(gitUrl);
  return {
    backend: { baseUrl: 'http://localhost:0', listen: { port: 0 } },
    integrations: {
      github: [
        {
          host,
          apiBaseUrl: `${gitUrl}/api/v3`,
          rawBaseUrl: `${gitUrl}/raw`,
          token: 'sandbox-callboard',
        },
      ],
    },
    gitops: {
      serviceRepositories: [`${gitUrl}/acme/*`],
      newRepositories: { url: `${gitUrl}/acme`, registry: 'ghcr.io/acme' },
      environments: [
        {
          name: 'dev',
          platformRepo: `${gitUrl}/acme/gitops-infra`,
          path: 'clusters/dev/argocd',
          layout: 'multi-repo',
          write: 'commit',
          project: 'services-dev',
          clusters: [
            { name: 'dev', instance: 'main', destination: 'https://dev.test' },
          ],
        },
      ],
    },
    argocd: {
      appLocatorMethods: [
        {
          type: 'config',
          instances: [
            { name: 'main', url: 'http://localhost:7081', token: 'x' },
          ],
        },
      ],
    },
  };
}
