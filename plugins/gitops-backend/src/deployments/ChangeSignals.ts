import { createHash } from 'node:crypto';
import { type LoggerService } from '@backstage/backend-plugin-api';
import { type SignalsService } from '@backstage/plugin-signals-node';
import { type Application } from '../applications/Application';
import { type RootApplication } from '../applications/ApplicationHub';
import { type ApplicationChange } from '../applications/ApplicationStore';
import {
  isSameRepository,
  parseRepositoryAddress,
} from '../applications/repositoryAddress';
import { type EntitySelection } from './EntitySelection';
import { Pulse } from './Pulse';
import { SelectionIndex } from './SelectionIndex';
import { StateSignals } from './StateSignals';
import { type Broadcast, createBroadcast } from './createBroadcast';

const COALESCE_MS = 250;
/** An entity that nobody looked at for so long gets no signals. */
const REMEMBERED_MS = 24 * 60 * 60_000;
const MAX_REMEMBERED = 20_000;
/**
 * So many entities are told one by one. Each may be a request to the events
 * backend, so where there are more all pages are told by the pulse.
 */
const MOST_AT_ONCE = 50;

/** Whether an application of a selection can be seen with the entity's. */
type IsShown = (
  selection: EntitySelection,
  application: Application,
) => boolean;

/**
 * Tells browsers that the deployments of an entity changed, not what: every
 * subscriber of a channel gets its broadcasts, whatever they may read.
 */
export class ChangeSignals {
  readonly pulse: Pulse;
  readonly states: StateSignals;
  readonly #broadcast: Broadcast;
  readonly #now: () => number;
  readonly #isShown: IsShown;
  /** Entities somebody looked at, the longest ago first. */
  readonly #watched = new Map<
    string,
    { selection: EntitySelection; at: number }
  >();
  readonly #selections = new SelectionIndex();
  readonly #pending = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #version = 0;
  #underWay = 0;

  constructor(options: {
    signals: SignalsService;
    logger: LoggerService;
    now?: () => number;
    /** Default: everything that is selected. */
    isShown?: IsShown;
  }) {
    this.#now = options.now ?? Date.now;
    this.#isShown = options.isShown ?? (() => true);
    this.#broadcast = createBroadcast(options);
    this.pulse = new Pulse(this.#broadcast);
    this.states = new StateSignals(this.#broadcast, this.#now);
  }

  /** Remembers that somebody looks at an entity; only those get signals. */
  watch(selection: EntitySelection): void {
    const { entityRef } = selection;
    this.#forget(entityRef);
    this.#watched.set(entityRef, { selection, at: this.#now() });
    this.#selections.add(selection);
    for (const [oldest, { at }] of this.#watched) {
      const isOld = at < this.#now() - REMEMBERED_MS;
      if (!isOld && this.#watched.size <= MAX_REMEMBERED) {
        break;
      }
      this.#forget(oldest);
    }
  }

  /** Signals to the entities that had, or have, the application. */
  applicationChanged({ before, after }: ApplicationChange): void {
    this.states.changed();
    for (const application of new Set([before, after])) {
      if (application) {
        this.#touch(
          this.#selections
            .of(application)
            .filter(selection => this.#isShown(selection, application))
            .map(({ entityRef }) => entityRef),
        );
      }
    }
  }

  /** Signals to the entities that have a part in the root. */
  rootChanged(root: RootApplication): void {
    this.#touch(
      this.#selections.sharing(root).map(({ entityRef }) => entityRef),
    );
  }

  /** Signals to the entities that may have applications of the instance. */
  instanceChanged(instance: string): void {
    this.states.changed();
    this.#touchWhere(
      ({ instances }) => !instances || instances.includes(instance),
    );
  }

  /** Signals to the entities whose code is in the repository. */
  repositoryChanged(url: string): void {
    const address = parseRepositoryAddress(url);
    this.#touchWhere(
      ({ source }) =>
        source !== undefined &&
        address !== undefined &&
        isSameRepository(source.repository, address),
    );
  }

  /** Signals to all entities. */
  everythingChanged(): void {
    this.states.changed();
    this.#touchWhere(() => true);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#pending.clear();
    this.pulse.stop();
    this.states.stop();
  }

  #forget(entityRef: string): void {
    const watched = this.#watched.get(entityRef);
    if (watched) {
      this.#watched.delete(entityRef);
      this.#selections.remove(watched.selection);
    }
  }

  #touchWhere(isAffected: (selection: EntitySelection) => boolean): void {
    this.#touch(
      [...this.#watched].flatMap(([entityRef, { selection }]) =>
        isAffected(selection) ? [entityRef] : [],
      ),
    );
  }

  #touch(entityRefs: readonly string[]): void {
    entityRefs.forEach(entityRef => this.#pending.add(entityRef));
    if (this.#pending.size > 0) {
      this.#timer ??= setTimeout(() => this.#publish(), COALESCE_MS).unref();
    }
  }

  #publish(): void {
    const entityRefs = [...this.#pending];
    this.#pending.clear();
    this.#timer = undefined;
    if (entityRefs.length + this.#underWay > MOST_AT_ONCE) {
      this.pulse.tellAll();
      return;
    }
    // Grows over restarts, too.
    this.#version = Math.max(this.#version + 1, this.#now());
    entityRefs.forEach(entityRef => void this.#tell(entityRef));
  }

  async #tell(entityRef: string): Promise<void> {
    this.#underWay += 1;
    const isTold = await this.#broadcast(channelOf(entityRef), this.#version);
    this.#underWay -= 1;
    if (!isTold) {
      this.pulse.tellAll();
    }
  }
}

/** The signals channel of an entity's deployments. */
export function channelOf(entityRef: string): string {
  const id = createHash('sha256').update(entityRef).digest('hex');
  return `gitops:deployments:${id.slice(0, 32)}`;
}
