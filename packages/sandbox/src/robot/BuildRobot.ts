import { setTimeout as sleep } from 'node:timers/promises';
import { InputError } from '@backstage/errors';
import { type Log } from '../Log';
import { type Push } from '../github/pushEvents';
import { type ImageRegistry } from '../registry/ImageRegistry';
import { RepositoryApi } from './RepositoryApi';
import { type BuiltImage } from './bumpOverlay';
import { nextTag } from './nextTag';
import { type Released, release } from './releaseCommit';

/** What the robot needs. */
interface BuildRobotOptions {
  readonly gitUrl: string;
  readonly token: string;
  readonly registry: ImageRegistry;
  readonly log: Log;
  /** Where releases go first. */
  readonly environment: string;
  /** How long a build takes, in milliseconds. */
  readonly buildMs: number;
}

const MAIN = 'main';
const WORKFLOW = '.github/workflows/ci.yaml';
const CONTEXT = 'ci/build';
const DELETED = /^0+$/;
const SAID: Record<Released, string> = {
  committed: 'released to',
  unchanged: 'is already in',
  proposed: 'built; a pull request waits for somebody to release it to',
};

/**
 * Stands in for GitHub Actions: does what the services' workflow says, under
 * the same rules, without running anything of it. Builds of one repository
 * wait for each other.
 */
export class BuildRobot {
  readonly #options: BuildRobotOptions;
  readonly #queues = new Map<string, Promise<void>>();
  readonly #stopped = new AbortController();

  constructor(options: BuildRobotOptions) {
    this.#options = options;
  }

  /** Looks at a push; builds it in due course if the workflow would. */
  notice(push: Push): void {
    if (this.#stopped.signal.aborted || !concerns(push)) {
      return;
    }
    const before = this.#queues.get(push.repository) ?? Promise.resolve();
    const run = before
      .then(() => this.#run(push))
      .catch(error => this.#options.log(`${push.repository}: ${error}`));
    this.#queues.set(push.repository, run);
  }

  /** Resolves when nothing is being built or waits for it. */
  async idle(): Promise<void> {
    await Promise.all(this.#queues.values());
  }

  /** Stops at once; what was being built is not released. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.idle();
  }

  async #run(push: Push): Promise<void> {
    const { gitUrl, token } = this.#options;
    const api = new RepositoryApi(gitUrl, push.repository, token);
    if (this.#stopped.signal.aborted || !(await wanted(api, push.after))) {
      return;
    }
    const say = (state: string, description: string) =>
      api.try(`POST statuses/${push.after}`, {
        state,
        description,
        context: CONTEXT,
        target_url: `${gitUrl}/${push.repository}/commit/${push.after}`,
      });
    await say('pending', 'Building');
    try {
      await sleep(this.#options.buildMs, undefined, {
        signal: this.#stopped.signal,
      });
      await say('success', await this.#build(api, push));
    } catch (error) {
      if (!this.#stopped.signal.aborted) {
        await say('failure', (error as Error).message.slice(0, 140));
        throw error;
      }
    }
  }

  async #build(api: RepositoryApi, push: Push): Promise<string> {
    const { registry, environment, log } = this.#options;
    await failIfAsked(api, push.after);
    const name = `ghcr.io/${push.repository}`;
    const tag = nextTag(name, registry);
    const image: BuiltImage = {
      name,
      tag,
      digest: registry.push(name, tag).digest,
    };
    const how = await release(api, {
      image,
      environment,
      branch: push.branch,
      source: push.after,
    });
    const outcome = `${tag}: ${SAID[how]} ${environment}`;
    log(`${push.repository} ${outcome}`);
    return outcome;
  }
}

/** What the workflow's trigger decides. */
function concerns(push: Push): boolean {
  return (
    push.branch === MAIN &&
    !DELETED.test(push.after) &&
    push.files.some(file => !file.startsWith('deploy/'))
  );
}

async function wanted(api: RepositoryApi, sha: string): Promise<boolean> {
  if ((await api.text(WORKFLOW, sha)) === undefined) {
    return false;
  }
  return !(await messageOf(api, sha)).includes('[skip ci]');
}

async function failIfAsked(api: RepositoryApi, sha: string): Promise<void> {
  if ((await messageOf(api, sha)).includes('[fail ci]')) {
    throw new InputError('The tests fail, as the commit message asked');
  }
}

async function messageOf(api: RepositoryApi, sha: string): Promise<string> {
  return (await api.ask<{ message: string }>(`GET git/commits/${sha}`)).message;
}
