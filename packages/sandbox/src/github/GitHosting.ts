import { type Server } from 'node:http';
import { join } from 'node:path';
import { type Log } from '../Log';
import { checkGit } from '../git/checkGit';
import { Accounts } from './Accounts';
import { Faults } from './Faults';
import { HostingAdmin } from './HostingAdmin';
import { RefUpdates } from './RefUpdates';
import { Repositories } from './Repositories';
import { type Site } from './Site';
import { Store } from './Store';
import { Webhooks } from './Webhooks';
import { listen } from './http/listen';
import { requestHandler } from './http/requestHandler';
import { followBranches } from './pulls/followBranches';
import { type Push, pushOf, pushPayload } from './pushEvents';
import { writeUpdateHook } from './updateHook';

/**
 * How to start a Git hosting.
 *
 * @public
 */
export interface GitHostingOptions {
  /** Everything is kept in here, and found again by the next start. */
  readonly dataDir: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly log: Log;
}

/**
 * A Git hosting that speaks GitHub's protocols.
 *
 * @public
 */
export interface GitHosting {
  /** `http://localhost:<port>` */
  readonly url: string;
  /** For seeding and tests; no part of the public protocol. */
  readonly admin: HostingAdmin;
  /** Calls the listener after each move of a branch. Answers how to stop that. */
  onPush(listener: (push: Push) => void): () => void;
  stop(): Promise<void>;
}

/**
 * Starts a Git hosting.
 *
 * @throws ServiceUnavailableError if the machine's Git is missing or too old.
 * @public
 */
export async function startGitHosting(
  options: GitHostingOptions,
): Promise<GitHosting> {
  const folder = join(options.dataDir, 'git-hosting');
  const hooks = join(folder, 'hooks');
  await writeUpdateHook(hooks);
  await checkGit(folder);
  const store = await Store.open(join(folder, 'state.json'), options.log);
  const accounts = new Accounts(store);
  const repositories = new Repositories(store, {
    repositories: join(folder, 'repositories'),
    hooks,
  });
  const faults = new Faults();
  const { server, url } = await listen(options.port);
  const site: Site = {
    url,
    log: options.log,
    store,
    accounts,
    repositories,
    refs: new RefUpdates(store, accounts),
    webhooks: new Webhooks(store, options.log),
  };
  const listeners = new Set<(push: Push) => void>();
  followRefs(site, listeners);
  server.on('request', requestHandler(site, faults));
  return {
    url,
    admin: new HostingAdmin(site, faults),
    onPush: listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => stop(site, server),
  };
}

function followRefs(
  site: Site,
  listeners: ReadonlySet<(push: Push) => void>,
): void {
  site.refs.observe(async move => {
    const repository = move.repository.record;
    const payload = () => pushPayload(site, move);
    await site.webhooks.emit({ name: 'push', repository, payload });
    const push = await pushOf(move);
    if (push) listeners.forEach(listener => listener(push));
  });
  site.refs.observe(move => followBranches(site, move));
}

async function stop(site: Site, server: Server): Promise<void> {
  site.webhooks.close();
  await new Promise<void>(resolve => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
  await site.repositories.settled();
  site.repositories.close();
  await site.store.flush();
}
