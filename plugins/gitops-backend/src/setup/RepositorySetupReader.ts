import { type LoggerService } from '@backstage/backend-plugin-api';
import {
  type GitHosting,
  type HostedRepository,
} from '@callboard/backstage-plugin-gitops-node';
import { parseRepositoryAddress } from '../applications/repositoryAddress';
import { type Read } from './Read';
import { ReadQueue } from './ReadQueue';
import { type RepositoryFacts } from './RepositoryFacts';

/** Reads from a platform repository what the checks need to know. */
export class RepositorySetupReader {
  readonly #hosting: GitHosting;
  readonly #logger: LoggerService;

  constructor(options: { hosting: GitHosting; logger: LoggerService }) {
    this.#hosting = options.hosting;
    this.#logger = options.logger;
  }

  /** @param files - paths to read on the default branch */
  async read(url: string, files: readonly string[]): Promise<RepositoryFacts> {
    const reads = new ReadQueue(this.#logger);
    const hosted = await reads.read('looking for the Git hosting', async () =>
      this.#hosting.repository(url),
    );
    if (hosted.failure) {
      const slug = parseRepositoryAddress(url)?.path ?? url;
      return { url, slug, account: hosted, described: hosted };
    }
    const repository = hosted.value;
    const { slug } = repository;
    const [account, described] = await Promise.all([
      reads.read('asking whose the credentials are', () =>
        repository.readAccount(),
      ),
      reads.read(`reading ${slug}`, () => repository.describe()),
    ]);
    const facts = { url, slug, account, described };
    if (described.failure || described.value.empty) {
      return facts;
    }
    const branch = described.value.defaultBranch;
    return {
      ...facts,
      inside: await readInside(repository, reads, { branch, files }),
    };
  }
}

async function readInside(
  repository: HostedRepository,
  reads: ReadQueue,
  { branch, files }: { branch: string; files: readonly string[] },
): Promise<NonNullable<RepositoryFacts['inside']>> {
  const [rules, webhooks, head] = await Promise.all([
    reads.read('reading the rules of the branch', () =>
      repository.readPushRules(branch),
    ),
    reads.read('reading the webhooks', () => repository.readWebhooks()),
    reads.read('reading the branch', () => repository.head(branch)),
  ]);
  const texts = files.map(async (path): Promise<[string, TextRead]> => {
    if (head.failure) {
      return [path, head];
    }
    const { sha } = head.value;
    const read = await reads.read(`reading ${path}`, async () => {
      const found = await repository.readFiles(sha, [path]);
      return found[path] ?? null;
    });
    return [path, read];
  });
  return { rules, webhooks, files: new Map(await Promise.all(texts)) };
}

type TextRead = Read<string | null>;
