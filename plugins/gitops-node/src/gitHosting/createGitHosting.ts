import { type LoggerService } from '@backstage/backend-plugin-api';
import { type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { type GitHosting, type HostedRepository } from './GitHosting';
import { GithubRepository } from './GithubRepository';
import { parseRepositoryAddress } from './RepositoryAddress';
import { WriteQueue } from './WriteQueue';
import { createOctokit, createWritePace } from './createOctokit';

/**
 * GitHub asks for a second between writes, and refuses more than 80 in a
 * minute and 500 in an hour:
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 * A server of one's own has no such limits unless its administrator sets them.
 */
const GITHUB_WRITE_PAUSE_MS = 1_000;
/** With such a pause fifty commits take their time: three writes each. */
const PACED_PATIENCE_MS = 240_000;

/**
 * The Git hosting that `integrations.github` of the configuration describes.
 *
 * @public
 */
export function createGitHosting(options: {
  config: Config;
  logger: LoggerService;
  /**
   * The shortest pause between two writes to a host. Default: a second for
   * github.com and ghe.com, none for others.
   */
  writePauseMs?: (host: string) => number;
  /**
   * How long a write may wait for its turn and for others. Default: a minute,
   * and four where there is a pause between writes.
   */
  writePatienceMs?: number;
}): GitHosting {
  const { config, logger, writePauseMs = usualWritePause } = options;
  const integrations = ScmIntegrations.fromConfig(config);
  const credentials =
    DefaultGithubCredentialsProvider.fromIntegrations(integrations);
  const queues = new Map<string, WriteQueue>();
  const writePaces = new Map<string, ReturnType<typeof createWritePace>>();
  const repositories = new Map<string, HostedRepository>();

  function paceOf(host: string) {
    const pace = writePaces.get(host) ?? createWritePace(writePauseMs(host));
    writePaces.set(host, pace);
    return pace;
  }

  function queueOf(host: string) {
    const patienceMs =
      options.writePatienceMs ??
      (writePauseMs(host) > 0 ? PACED_PATIENCE_MS : undefined);
    const queue = queues.get(host) ?? new WriteQueue(patienceMs);
    queues.set(host, queue);
    return queue;
  }

  return {
    repository(url) {
      const address = parseRepositoryAddress(url);
      const key = address.url.toLowerCase();
      const known = repositories.get(key);
      if (known) {
        return known;
      }
      const integration = integrations.github.byUrl(address.url);
      if (!integration?.config.apiBaseUrl) {
        throw new InputError(
          `There is no GitHub integration for ${address.host}; add it under integrations.github, or use a repository on a host that is there`,
        );
      }
      const octokit = createOctokit({
        address,
        apiBaseUrl: integration.config.apiBaseUrl,
        credentials,
        writePace: paceOf(address.host),
        logger,
      });
      const made = new GithubRepository({
        address,
        octokit,
        queue: queueOf(address.host),
        logger,
      });
      repositories.set(key, made);
      return made;
    },
  };
}

function usualWritePause(host: string): number {
  return host === 'github.com' || host.endsWith('.ghe.com')
    ? GITHUB_WRITE_PAUSE_MS
    : 0;
}
