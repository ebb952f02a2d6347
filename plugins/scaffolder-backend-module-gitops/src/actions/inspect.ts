import { ConflictError, InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  type GitHosting,
  type GitopsConfig,
} from '@callboard/backstage-plugin-gitops-node';
import { inspectRepository } from '../repository/inspectRepository';
import { examples } from './inspect.examples';
import { inspectInput, inspectOutput } from './inspect.schema';

const SENTENCES = {
  absent: (url: string) => `There is no ${url} yet: it will be created`,
  empty: (url: string) => `${url} is empty: it will be filled`,
  ours: (url: string) =>
    `${url} is this service's already: going on from there`,
};

/**
 * The action `gitops:inspect`: looks where a new service's repository goes and
 * what is there already, so that the steps after it know what is left to do. A
 * repository that is not the service's is refused.
 *
 * @public
 */
export function createInspectAction(options: {
  config: GitopsConfig;
  gitHosting: GitHosting;
}) {
  const { config, gitHosting } = options;
  return createTemplateAction({
    id: 'gitops:inspect',
    description:
      "Looks whether a service's repository is absent, empty or already the service's, and says what is left to do. Refuses a repository that belongs to something else.",
    supportsDryRun: true,
    examples,
    schema: { input: inspectInput, output: inspectOutput },
    async handler(ctx) {
      const { name, owner } = ctx.input;
      const place = placeOf(config, name);
      const { state, defaultBranch } = await inspectRepository({
        repository: gitHosting.repository(place.webUrl),
        service: { name, owner },
      });
      if (state === 'foreign') {
        throw new ConflictError(
          `${place.webUrl} exists and is not ${name} of ${owner}: it has no catalog-info.yaml that this template wrote for them. Choose another name, or ask whoever owns the repository. Nothing was changed.`,
        );
      }
      ctx.logger.info(SENTENCES[state](place.webUrl));
      ctx.logger.info(
        `If a later step fails, run the template again for ${name} and the same owner: it looks what is there and goes on from there.`,
      );
      ctx.output('state', state);
      ctx.output('create', state === 'absent');
      ctx.output('push', state !== 'ours');
      ctx.output('repoUrl', place.repoUrl);
      ctx.output('webUrl', place.webUrl);
      ctx.output('remoteUrl', `${place.webUrl}.git`);
      ctx.output('host', place.host);
      ctx.output('organization', place.organization);
      ctx.output('registry', place.registry);
      ctx.output('defaultBranch', defaultBranch);
      ctx.output('environment', place.environment);
      ctx.output('entityRef', `component:default/${name}`);
    },
  });
}

function placeOf(config: GitopsConfig, name: string) {
  const { newRepositories, environments } = config;
  const [first] = environments;
  if (!newRepositories || !first) {
    throw new InputError(
      'The portal does not know where new services go. Whoever runs it has to set gitops.newRepositories and gitops.environments.',
    );
  }
  if (!/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) {
    throw new InputError(
      `"${name}" cannot be a service's name: lower-case letters, digits and hyphens, a letter first, 63 at most`,
    );
  }
  const { host, organization, url, registry } = newRepositories;
  return {
    host,
    organization,
    registry,
    webUrl: `${url}/${name}`,
    repoUrl: `${host}?${new URLSearchParams({
      owner: organization,
      repo: name,
    })}`,
    environment: first.name,
  };
}
