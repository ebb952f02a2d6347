import { setTimeout as sleep } from 'node:timers/promises';
import {
  type FileChange,
  type RegistrationChange,
} from '@callboard/backstage-plugin-gitops-common';
import {
  type DeregistrationStep,
  planDeregistration,
  type RegistrationRequest,
} from '@callboard/backstage-plugin-gitops-node';
import { type Intent } from './Intent';
import { type LiveFinalizers } from './LiveFinalizers';
import { type PlatformChange, removal } from './PlatformChange';
import { type PlatformWriter, type Written } from './PlatformWriter';

const LOOKS = 20;
const LOOK_PAUSE_MS = 1_000;

type Requirement = NonNullable<DeregistrationStep['requires']>;

interface Step {
  readonly change: PlatformChange;
  readonly requires?: Requirement;
}

/**
 * Removes registrations. Where workloads must stay, Argo CD has to take their
 * Application's finalizer away first: that is a change of its own, and the
 * removal follows when Argo CD has made it.
 */
export class RegistrationRemover {
  readonly #platform: PlatformWriter;
  readonly #live: LiveFinalizers;

  constructor(options: { platform: PlatformWriter; live: LiveFinalizers }) {
    this.#platform = options.platform;
    this.#live = options.live;
  }

  async remove(
    request: RegistrationRequest,
    intent: Intent,
  ): Promise<RegistrationChange> {
    const { environment } = request;
    const notes = this.notes(request, intent);
    const about = {
      environment: environment.name,
      repository: environment.platformRepo,
    };
    let last: Written = { outcome: 'unchanged', files: [] };
    for (const { change, requires } of stepsOf(request, intent)) {
      const blocker =
        requires && (await this.#whatBlocks(change, requires, last));
      if (blocker) {
        return { ...last, ...about, notes: [...notes, blocker] };
      }
      const written = await this.#platform.write(change);
      if (written.outcome === 'proposed') {
        const follows = requires
          ? []
          : ['When it is merged, run this again: the removal itself follows.'];
        return { ...written, ...about, notes: [...notes, ...follows] };
      }
      last = written.outcome === 'unchanged' ? last : written;
    }
    return {
      ...last,
      ...about,
      notes: last.outcome === 'unchanged' ? [] : notes,
    };
  }

  /** Every file that would be different in the end. */
  async plan(
    request: RegistrationRequest,
    intent: Intent,
  ): Promise<FileChange[]> {
    const files = new Map<string, FileChange>();
    for (const { change } of stepsOf(request, intent)) {
      for (const file of await this.#platform.plan(change)) {
        files.set(file.path, file);
      }
    }
    return [...files.values()];
  }

  /** What people should know, for example what will be pruned. */
  notes(
    request: RegistrationRequest,
    { workloads = 'keep' }: Intent,
  ): readonly string[] {
    return planDeregistration(request, { workloads }).notes;
  }

  /** Why the step cannot be written yet, if so. */
  async #whatBlocks(
    change: PlatformChange,
    requires: Requirement,
    before: Written,
  ): Promise<string | undefined> {
    if ((await this.#platform.plan(change)).length === 0) {
      return undefined;
    }
    const looks = before.outcome === 'committed' ? LOOKS : 1;
    for (let look = 1; look <= looks; look += 1) {
      if (await this.#isMet(requires)) {
        return undefined;
      }
      if (look < looks) {
        await this.#platform.refresh(change.environment);
        await sleep(LOOK_PAUSE_MS);
      }
    }
    const names = requires.applications.map(({ name }) => name).join(', ');
    return `Argo CD has not ${
      requires.finalizer === 'absent' ? 'removed' : 'set'
    } the finalizer of ${names} yet, which decides what becomes of the workloads; so the registration is still there. Wait until the environment's root application is synced, then run this again.`;
  }

  async #isMet({ finalizer, applications }: Requirement): Promise<boolean> {
    const states = await Promise.all(
      applications.map(application => this.#live.read(application)),
    );
    return states.every(
      state =>
        state === finalizer ||
        state === 'gone' ||
        // Workloads that stay by mistake can be deleted; the others are lost.
        (state === 'unknown' && finalizer === 'present'),
    );
  }
}

function stepsOf(request: RegistrationRequest, intent: Intent): Step[] {
  const { workloads = 'keep' } = intent;
  const { steps } = planDeregistration(request, { workloads });
  return removal(request, intent).map((change, index) => ({
    change,
    ...(steps[index]?.requires && { requires: steps[index].requires }),
  }));
}
