import { type Log } from '../Log';
import { type Accounts } from './Accounts';
import { type RefUpdates } from './RefUpdates';
import { type Repositories } from './Repositories';
import { type Store } from './Store';
import { type Webhooks } from './Webhooks';

/** The parts of the hosting that its protocols share. */
export interface Site {
  /** Where everybody reaches it: scheme, host and port. */
  readonly url: string;
  readonly log: Log;
  readonly store: Store;
  readonly accounts: Accounts;
  readonly repositories: Repositories;
  readonly refs: RefUpdates;
  readonly webhooks: Webhooks;
}
