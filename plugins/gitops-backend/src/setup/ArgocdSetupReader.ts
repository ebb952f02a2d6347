import { type LoggerService } from '@backstage/backend-plugin-api';
import { type InstanceView } from '../applications/ApplicationHub';
import { type ArgocdSetupClient } from '../argocd/ArgocdSetupClient';
import { type InsideFacts, type InstanceFacts, keyOf } from './InstanceFacts';
import { ReadQueue } from './ReadQueue';
import { allRights, planRights } from './planRights';

/** Reads from an Argo CD instance what the checks need to know. */
export class ArgocdSetupReader {
  readonly #logger: LoggerService;

  constructor(logger: LoggerService) {
    this.#logger = logger;
  }

  /** Asks no further where it is clear that there will be no answer. */
  async read(
    { name, url }: InstanceView,
    client: ArgocdSetupClient,
    projects: readonly string[],
  ): Promise<InstanceFacts> {
    const reads = new ReadQueue(this.#logger);
    const { credentials } = client;
    const version = await reads.read('asking for its version', signal =>
      client.version(signal),
    );
    if (version.failure && version.failure.kind !== 'refused') {
      return { name, url, credentials, version };
    }
    const account = await reads.read('asking who we are', signal =>
      client.account(signal),
    );
    const facts = { name, url, credentials, version, account };
    return account.value === undefined
      ? facts
      : { ...facts, inside: await readInside(client, reads, projects) };
  }
}

async function readInside(
  client: ArgocdSetupClient,
  reads: ReadQueue,
  projects: readonly string[],
): Promise<InsideFacts> {
  const rights = allRights(planRights(projects)).map(
    async right =>
      [
        keyOf(right),
        await reads.read(`asking for the right ${keyOf(right)}`, signal =>
          client.may(right, signal),
        ),
      ] as const,
  );
  const found = projects.map(
    async name =>
      [
        name,
        await reads.read(`reading the AppProject ${name}`, signal =>
          client.project(name, signal),
        ),
      ] as const,
  );
  const repositories = reads.read('reading the repositories', signal =>
    client.repositories(signal),
  );
  return {
    rights: new Map(await Promise.all(rights)),
    projects: new Map(await Promise.all(found)),
    repositories: await repositories,
  };
}
