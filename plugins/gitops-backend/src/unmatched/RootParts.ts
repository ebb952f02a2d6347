import { type RootApplication } from '../applications/ApplicationHub';
import { type RootResource } from '../applications/RootInventory';
import { declaredEntity } from '../applications/declaredEntity';
import { type RootPart } from '../deployments/derivePart';
import { type Guess } from '../deployments/describeGuess';

/** A part of a root that an entity has, as far as anybody can tell. */
interface GuessedPart {
  readonly root: RootApplication;
  readonly entityRef: string;
  readonly guess: Guess;
}

/** A workload of a root that no entity has. */
interface StrayWorkload {
  readonly root: RootApplication;
  readonly workload: RootResource;
}

/**
 * Which parts of environments' roots entities have. A root whose manifests are
 * not known says nothing: whose its objects are is told by them.
 */
export class RootParts {
  readonly #roots: ReadonlyMap<string, RootApplication>;
  readonly #taken = new Set<RootResource>();
  readonly #guessed: GuessedPart[] = [];

  constructor(roots: readonly RootApplication[]) {
    this.#roots = new Map(
      roots
        .filter(({ content }) => content.isDesiredKnown)
        .map(root => [root.application.id, root]),
    );
  }

  /** Whether there is any that can be told about. */
  get areThere(): boolean {
    return this.#roots.size > 0;
  }

  add(applicationId: string, entityRef: string, part: RootPart): void {
    const root = this.#roots.get(applicationId);
    part.workloads.forEach(workload => this.#taken.add(workload));
    if (root && part.guess) {
      this.#guessed.push({ root, entityRef, guess: part.guess });
    }
  }

  get guessed(): readonly GuessedPart[] {
    return this.#guessed;
  }

  /** Workloads of roots that do not name an entity which has all of them. */
  get stray(): readonly StrayWorkload[] {
    return [...this.#roots.values()]
      .filter(({ application }) => declaredEntity(application) === undefined)
      .flatMap(root =>
        root.content.inventory.workloads
          .filter(
            workload => !workload.state.hook && !this.#taken.has(workload),
          )
          .map(workload => ({ root, workload })),
      );
  }
}
