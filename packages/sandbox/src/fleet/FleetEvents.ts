import { type FleetInstance } from './FleetInstance';
import { fleetRevision, releaseOf } from './fleetRevision';
import { BREAKDOWN, deployStory, look, type Step } from './fleetStories';
import { below, type Random } from './random';

const TICK_MS = 20;
/** Of the events that are no looks: how many stories are a deployment, the rest breaks and recovers. */
const DEPLOYMENTS = 0.9;
/** How many stories are told side by side. */
const STORIES_PER_EVENT = 3;

interface Story {
  readonly instance: FleetInstance;
  readonly name: string;
  readonly steps: Step[];
}

/**
 * Changes the fleet's applications, so many times a second in all: half of the
 * events are looks that find nothing new, the others tell deployments and
 * breakdowns, step by step, of applications that were well.
 */
export class FleetEvents {
  readonly #instances: readonly FleetInstance[];
  readonly #perSecond: number;
  readonly #random: Random;
  readonly #stories: Story[] = [];
  readonly #busy = new Set<string>();
  readonly #timer: NodeJS.Timeout | undefined;
  #due = 0;
  #at = performance.now();

  constructor(
    instances: readonly FleetInstance[],
    options: { perSecond: number; random: Random },
  ) {
    this.#instances = instances.filter(({ plans }) => plans.length > 0);
    this.#perSecond = options.perSecond;
    this.#random = options.random;
    if (options.perSecond > 0) {
      this.#timer = setInterval(() => this.#catchUp(), TICK_MS).unref();
    }
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** However late the timer is, the rate holds. */
  #catchUp(): void {
    const now = performance.now();
    this.#due += ((now - this.#at) / 1000) * this.#perSecond;
    this.#at = now;
    for (; this.#due >= 1; this.#due -= 1) {
      if (this.#random() < 0.5) this.#look();
      else this.#tell();
    }
  }

  #look(): void {
    const { instance, name } = this.#anyApplication();
    instance.step(name, look);
  }

  #tell(): void {
    if (this.#stories.length < this.#perSecond * STORIES_PER_EVENT) {
      this.#begin();
    }
    const story = this.#stories.shift();
    const step = story?.steps.shift();
    if (!story || !step) return;
    story.instance.step(story.name, step);
    if (story.steps.length > 0) this.#stories.push(story);
    else this.#busy.delete(story.name);
  }

  #begin(): void {
    const { instance, name, plan } = this.#anyApplication();
    if (plan.state !== 'healthy' || this.#busy.has(name)) return;
    this.#busy.add(name);
    const steps =
      this.#random() < DEPLOYMENTS
        ? deployStory(nextRevision(instance, plan))
        : [...BREAKDOWN];
    this.#stories.push({ instance, name, steps });
  }

  #anyApplication() {
    const instance = pick(this.#instances, this.#random);
    const plan = pick(instance.plans, this.#random);
    return { instance, plan, name: plan.name };
  }
}

function nextRevision(
  instance: FleetInstance,
  { name, service }: { name: string; service: string },
): string {
  const { revision = '' } = instance.application(name).status?.sync ?? {};
  return fleetRevision(service, (releaseOf(service, revision) ?? 0) + 1);
}

function pick<T>(from: readonly T[], random: Random): T {
  return from[below(from.length, random)] as T;
}
