import { type GitHosting } from '../github/GitHosting';
import { type ImageRegistry } from '../registry/ImageRegistry';
import { type DemoService } from './DemoService';
import { type SeedRepository } from './SeedRepository';
import { demoWorld } from './demoWorld';
import {
  ARGOCD_ACCOUNT,
  BOTS,
  ORGANISATION,
  PEOPLE,
  PORTAL_ACCOUNT,
  TEAMS,
} from './organisation';

/**
 * Makes people, repositories and images; what is there already stays as it is.
 */
export async function seedDemo(
  git: GitHosting,
  registry: ImageRegistry,
  services: readonly DemoService[],
): Promise<void> {
  const world = demoWorld(services, git.url, new Date());
  await createAccounts(git);
  for (const { name, tag } of world.images) {
    registry.push(name, tag);
  }
  await createRepository(git, world.platform, {
    enforce_admins: true,
    required_pull_request_reviews: {
      required_approving_review_count: 1,
      bypass_pull_request_allowances: { users: [PORTAL_ACCOUNT] },
    },
  });
  for (const repository of [world.catalog, ...world.services]) {
    await createRepository(git, repository);
  }
}

async function createAccounts({ admin }: GitHosting): Promise<void> {
  for (const { login, name } of PEOPLE) {
    await admin.createUser({ login, name });
  }
  for (const { login, name } of BOTS) {
    await admin.createUser({ login, name, bot: true });
  }
  const writers = [...PEOPLE, ...BOTS]
    .map(({ login }) => login)
    .filter(login => login !== ARGOCD_ACCOUNT);
  await admin.createOrganization({ ...ORGANISATION, members: writers });
  for (const { slug } of TEAMS) {
    const members = PEOPLE.filter(({ team }) => team === slug);
    await admin.createTeam({
      org: ORGANISATION.login,
      slug,
      members: members.map(({ login }) => login),
    });
  }
}

async function createRepository(
  { admin }: GitHosting,
  repository: SeedRepository,
  protection?: Parameters<
    GitHosting['admin']['createRepository']
  >[0]['protection'],
): Promise<void> {
  await admin.createRepository({
    owner: ORGANISATION.login,
    ...repository,
    ...(protection && { protection }),
  });
}
