import { type DemoRegistration, type DemoService } from './DemoService';
import {
  type SeedCommit,
  type SeedRepository,
  instant,
} from './SeedRepository';
import { type DemoEnvironment, ENVIRONMENTS } from './environments';
import { HAND_WRITTEN, handWrittenFiles, handWrittenPath } from './handWritten';
import { ORGANISATION, PORTAL_ACCOUNT } from './organisation';
import { BUDGET, COMPONENT, README } from './platformFiles';
import {
  type DemoApplication,
  applicationPath,
  environmentKustomization,
  environmentPath,
  PLATFORM_REPOSITORY,
  platformProject,
  rootApplication,
  serviceApplication,
  servicesProject,
} from './platformManifests';

const PROJECT_PATH = 'bootstrap/platform-project.yaml';

/** What is applied to a new Argo CD by hand, once; Git does the rest. */
export const BOOTSTRAP_PATHS: readonly string[] = [
  PROJECT_PATH,
  ...ENVIRONMENTS.map(({ name }) => rootPath(name)),
];

/** The platform repository, after all registrations in their order. */
export function platformRepository(
  services: readonly DemoService[],
  gitUrl: string,
  today: Date,
): SeedRepository {
  const commits = [
    ...foundation(gitUrl, today),
    ...(services.length > 0 ? writtenByHand(gitUrl, today) : []),
  ];
  const registered = new Map<string, DemoApplication[]>();
  for (const { service, registration } of inOrder(services)) {
    const environment = ENVIRONMENTS.find(
      ({ name }) => name === registration.environment,
    );
    if (environment) {
      const added = applicationsOf(service, registration, environment);
      const all = [...(registered.get(environment.name) ?? []), ...added];
      registered.set(environment.name, all);
      commits.push({
        message: registrationMessage(service, registration),
        author: PORTAL_ACCOUNT,
        at: instant(today, registration),
        files: registrationFiles(environment.name, { added, all, gitUrl }),
      });
    }
  }
  return {
    name: PLATFORM_REPOSITORY,
    description: 'What Argo CD deploys, in all environments',
    commits,
  };
}

function foundation(gitUrl: string, today: Date): SeedCommit[] {
  const jonas = (daysAgo: number, time: string) => ({
    author: 'jonas',
    at: instant(today, { daysAgo, time }),
  });
  return [
    {
      ...jonas(90, '09:12'),
      message: 'Begin with Argo CD itself',
      files: {
        'README.md': README,
        CODEOWNERS: `* @${ORGANISATION.login}/platform\n`,
        [PROJECT_PATH]: platformProject(gitUrl),
      },
    },
    ...ENVIRONMENTS.map((environment, index) => ({
      ...jonas(89 - index, '10:30'),
      message: `Add ${environment.name}`,
      files: environmentFiles(environment, gitUrl),
    })),
    {
      ...jonas(80, '14:05'),
      author: 'aiko',
      message: 'Offer a disruption budget to all services',
      files: {
        'components/disruption-budget/kustomization.yaml': COMPONENT,
        'components/disruption-budget/budget.yaml': BUDGET,
      },
    },
  ];
}

/** What needed no template, and was never told to the catalog. */
function writtenByHand(gitUrl: string, today: Date): SeedCommit[] {
  const files = HAND_WRITTEN.map(written =>
    handWrittenFiles(written, environmentPath(written.environment), gitUrl),
  );
  const environments = [
    ...new Set(HAND_WRITTEN.map(({ environment }) => environment)),
  ];
  const kustomizations = environments.map(environment => [
    `${environmentPath(environment)}/kustomization.yaml`,
    environmentKustomization(environment, [], byHandIn(environment)),
  ]);
  return [
    {
      message: 'Add feature flags and settings of the load test',
      author: 'jonas',
      at: instant(today, { daysAgo: 79, time: '11:15' }),
      files: Object.assign(
        Object.fromEntries(kustomizations),
        ...files,
      ) as Record<string, string>,
    },
  ];
}

function byHandIn(environment: string): string[] {
  return HAND_WRITTEN.filter(
    written => written.environment === environment,
  ).map(handWrittenPath);
}

function environmentFiles(
  environment: DemoEnvironment,
  gitUrl: string,
): Record<string, string> {
  const path = environmentPath(environment.name);
  return {
    [rootPath(environment.name)]: rootApplication(environment.name, gitUrl),
    [`${path}/kustomization.yaml`]: environmentKustomization(
      environment.name,
      [],
    ),
    [`${path}/project.yaml`]: servicesProject(environment, gitUrl),
  };
}

function registrationFiles(
  environment: string,
  change: {
    added: readonly DemoApplication[];
    all: readonly DemoApplication[];
    gitUrl: string;
  },
): Record<string, string> {
  const path = environmentPath(environment);
  const manifests = change.added.map(application => [
    `${path}/${applicationPath(application)}`,
    serviceApplication(application, change.gitUrl),
  ]);
  return {
    ...Object.fromEntries(manifests),
    [`${path}/kustomization.yaml`]: environmentKustomization(
      environment,
      change.all,
      byHandIn(environment),
    ),
  };
}

function registrationMessage(
  service: DemoService,
  registration: DemoRegistration,
): string {
  return `Register ${service.name} in ${registration.environment}

Requested-by: user:default/${registration.by}`;
}

function applicationsOf(
  service: DemoService,
  registration: DemoRegistration,
  environment: DemoEnvironment,
): DemoApplication[] {
  return environment.clusters.map(cluster => ({
    service: service.name,
    environment: environment.name,
    cluster,
    manualSync: registration.manualSync ?? false,
    keepsDrift: registration.keepsDrift ?? false,
  }));
}

function inOrder(services: readonly DemoService[]) {
  return services
    .flatMap(service =>
      service.registrations.map(registration => ({ service, registration })),
    )
    .sort(
      (a, b) =>
        b.registration.daysAgo - a.registration.daysAgo ||
        a.registration.time.localeCompare(b.registration.time),
    );
}

function rootPath(environment: string): string {
  return `${environmentPath(environment)}/app-of-apps.yaml`;
}
