import { stringify } from 'yaml';
import { type DemoService } from './DemoService';
import {
  type SeedCommit,
  type SeedRepository,
  instant,
} from './SeedRepository';
import { FEATURE_FLAGS } from './handWritten';
import { ORGANISATION, PEOPLE, TEAMS } from './organisation';

const CATALOG_REPOSITORY = 'software-catalog';

/** The repository from which the catalog reads people, teams and services. */
export function catalogRepository(
  services: readonly DemoService[],
  gitUrl: string,
  today: Date,
): SeedRepository {
  const at = (daysAgo: number, time: string) =>
    instant(today, { daysAgo, time });
  const commits: SeedCommit[] = [
    {
      message: 'Name the people and their teams',
      author: 'aiko',
      at: at(91, '11:00'),
      files: {
        'README.md': readme(),
        CODEOWNERS: `* @${ORGANISATION.login}/platform\n`,
        'org.yaml': organisation(),
        'systems.yaml': systems(),
        'all.yaml': location([], gitUrl),
      },
    },
  ];
  if (services.length > 0) {
    commits.push({
      message: 'List the services of the shop',
      author: 'jonas',
      at: at(1, '10:40'),
      files: {
        'all.yaml': location(services, gitUrl),
        'components.yaml': components(),
      },
    });
  }
  return {
    name: CATALOG_REPOSITORY,
    description: 'People, teams, systems, and where the services are',
    commits,
  };
}

function location(services: readonly DemoService[], gitUrl: string): string {
  const repositories = `${gitUrl}/${ORGANISATION.login}`;
  return document({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Location',
    metadata: {
      name: ORGANISATION.login,
      description: `Everything that ${ORGANISATION.name} keeps in the catalog`,
    },
    spec: {
      targets: [
        './org.yaml',
        './systems.yaml',
        ...(services.length > 0 ? ['./components.yaml'] : []),
        ...services.map(
          ({ name }) => `${repositories}/${name}/blob/main/catalog-info.yaml`,
        ),
      ],
    },
  });
}

function organisation(): string {
  return [root(), ...TEAMS.map(group), ...PEOPLE.map(user)]
    .map(document)
    .join('---\n');
}

function root() {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name: ORGANISATION.login },
    spec: {
      type: 'organization',
      profile: { displayName: ORGANISATION.name },
      children: [],
    },
  };
}

function group(team: (typeof TEAMS)[number]) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name: team.slug, description: team.description },
    spec: {
      type: 'team',
      profile: { displayName: team.name },
      parent: ORGANISATION.login,
      children: [],
    },
  };
}

function user(person: (typeof PEOPLE)[number]) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: {
      name: person.login,
      annotations: { 'github.com/user-login': person.login },
    },
    spec: {
      profile: {
        displayName: person.name,
        email: `${person.login}@acme.test`,
      },
      memberOf: [person.team],
    },
  };
}

function systems(): string {
  return [
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Domain',
      metadata: { name: 'retail', description: 'Selling things' },
      spec: { owner: 'group:default/storefront' },
    },
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'System',
      metadata: { name: 'shop', description: 'The web shop' },
      spec: { owner: 'group:default/storefront', domain: 'retail' },
    },
  ]
    .map(document)
    .join('---\n');
}

/** What has no repository of its own; its applications are named by annotation. */
function components(): string {
  return [
    component({
      name: 'feature-flags',
      description: 'What is switched on for whom',
      owner: 'platform',
      application: FEATURE_FLAGS,
    }),
    // Planned: there is no such application yet.
    component({
      name: 'gift-cards',
      description: 'Buy one, give one',
      owner: 'storefront',
      application: 'gift-cards-dev-dev',
    }),
  ]
    .map(document)
    .join('---\n');
}

function component(facts: {
  name: string;
  description: string;
  owner: string;
  application: string;
}) {
  const { name, description, owner, application } = facts;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      description,
      annotations: { 'argocd/app-name': application },
    },
    spec: {
      type: 'service',
      lifecycle: 'experimental',
      owner: `group:default/${owner}`,
      system: 'shop',
    },
  };
}

function document(entity: object): string {
  return stringify(entity, { lineWidth: 0 });
}

function readme(): string {
  return `# software-catalog

The portal reads \`all.yaml\`. Services that are created by the template add
themselves to the catalog and are not listed here.
`;
}
