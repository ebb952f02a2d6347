import { EXAMPLE_CONFIGURATION } from '@callboard/backstage-plugin-gitops-common';
import { type GitopsConfig } from '@callboard/backstage-plugin-gitops-node';
import {
  type NamedOutcome,
  named,
  ok,
  type Outcome,
  problem,
  unknown,
  warning,
} from './Check';
import { type PortalFacts } from './PortalSetupReader';
import { type Read } from './Read';

const README = {
  title: 'README of the gitops backend',
  url: 'https://github.com/callboard/callboard/tree/main/plugins/gitops-backend#readme',
};

/** Whether the portal itself is configured and complete. */
export function derivePortalChecks(
  config: GitopsConfig,
  facts: PortalFacts,
  missing: readonly string[],
): NamedOutcome[] {
  return [
    named(
      'configuration',
      'Configuration',
      checkConfiguration(config, missing),
    ),
    ...(config.configured
      ? [named('services', 'Services', checkServices(config))]
      : []),
    named('permissions', 'Permissions', checkPermissions(facts)),
    named(
      'events',
      'Webhooks are received',
      checkPlugin(facts.hasEvents, {
        there: 'The events backend listens to webhooks of GitHub.',
        absent:
          'Nothing in the backend listens to webhooks of GitHub, so pushes and merges are noticed minutes later.',
        text: 'Install the event plugins, and give them a secret: without it they do not listen.',
        code: `backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-events-backend-module-github'));
`,
        config: `events:
  modules:
    github:
      webhookSecret: \${GITHUB_WEBHOOK_SECRET}
`,
      }),
    ),
    named(
      'signals',
      'Open pages follow changes',
      checkPlugin(facts.hasSignals, {
        there: 'The signals backend pushes changes to open pages.',
        absent:
          'There is no signals backend, so open pages ask again every 30 seconds.',
        text: 'Install the signals plugins in backend and app.',
        code: `backend.add(import('@backstage/plugin-signals-backend'));
`,
      }),
    ),
  ];
}

function checkConfiguration(
  { environments }: GitopsConfig,
  missing: readonly string[],
): Outcome {
  if (missing.length > 0) {
    return problem(
      `${missing.join(' and ')} missing in the configuration of the backend.`,
      {
        text: 'Name the environments and the Argo CD instances, and restart the backend.',
        snippets: [{ place: 'app-config.yaml', text: EXAMPLE_CONFIGURATION }],
        link: README,
      },
    );
  }
  const names = environments.map(({ name }) => name).join(', ');
  return ok(`It was read. Environments, in order of promotion: ${names}.`);
}

function checkServices({
  serviceRepositories,
  newRepositories,
}: GitopsConfig): Outcome {
  if (serviceRepositories.length === 0) {
    return warning(
      'No repository is named as one of services, so nothing can be registered.',
      {
        text: 'Name them: only these are ever written to.',
        snippets: [
          {
            place: 'app-config.yaml',
            text: `gitops:\n  serviceRepositories:\n    - https://github.com/<organisation>/*\n`,
          },
        ],
        link: README,
      },
    );
  }
  const named_ = `Repositories of services: ${serviceRepositories.join(', ')}.`;
  return ok(
    newRepositories
      ? `${named_} New ones are created in ${newRepositories.url}.`
      : `${named_} Templates create none, as gitops.newRepositories is not set.`,
  );
}

function checkPermissions({ hasPermissions }: PortalFacts): Outcome {
  return hasPermissions
    ? ok('The permission framework is on.')
    : warning(
        'The permission framework is off, so everybody who is signed in may see this page, register services, and sync.',
        {
          text: 'Switch it on, and write a policy.',
          snippets: [
            {
              place: 'app-config.yaml',
              text: 'permission:\n  enabled: true\n',
            },
          ],
          link: {
            title: 'Backstage: permissions',
            url: 'https://backstage.io/docs/permissions/getting-started',
          },
        },
      );
}

function checkPlugin(
  read: Read<boolean>,
  words: {
    there: string;
    absent: string;
    text: string;
    code: string;
    config?: string;
  },
): Outcome {
  if (read.failure) {
    return unknown('The backend did not answer itself.');
  }
  const { there, absent, text, code, config } = words;
  return read.value
    ? ok(there)
    : warning(absent, {
        text,
        snippets: [
          { place: 'packages/backend/src/index.ts', text: code },
          ...(config ? [{ place: 'app-config.yaml', text: config }] : []),
        ],
      });
}
