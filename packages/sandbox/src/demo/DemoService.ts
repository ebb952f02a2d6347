/** A moment of the demo's history, so many days before it is seeded. */
export interface Moment {
  readonly daysAgo: number;
  /** Hours and minutes in UTC, for example `09:40`. */
  readonly time: string;
}

/** Somebody changed the source; the robot built it a few minutes later. */
export interface Change extends Moment {
  readonly kind: 'change';
  readonly by: string;
  readonly message: string;
  readonly files: Readonly<Record<string, string>>;
  /** Nothing was built, so no release followed. */
  readonly unbuilt?: boolean;
}

/** Somebody set an environment to the release of the one before it. */
export interface Promotion extends Moment {
  readonly kind: 'promotion';
  readonly by: string;
  readonly to: string;
}

/** Somebody wrote a tag into an overlay by hand, without a digest. */
export interface HandEdit extends Moment {
  readonly kind: 'hand-edit';
  readonly by: string;
  readonly message: string;
  readonly environment: string;
  readonly tag: string;
}

export type StoryStep = Change | Promotion | HandEdit;

/** When the service was registered in an environment, and for whom. */
export interface DemoRegistration extends Moment {
  readonly environment: string;
  readonly by: string;
  /** Argo CD shows differences but leaves the sync to people. */
  readonly manualSync?: boolean;
  /** Argo CD does not undo what somebody changes in the cluster. */
  readonly keepsDrift?: boolean;
}

/** A service of the demo organisation and what happened to it. */
export interface DemoService {
  readonly name: string;
  readonly description: string;
  /** Team that owns it. */
  readonly owner: string;
  readonly tags: readonly string[];
  /** An annotation of its entity, as a line of YAML, for plugins that ask for one. */
  readonly annotation?: string;
  /** Its overlays have an `env.yaml` each; the story's first step writes them. */
  readonly hasEnv?: boolean;
  /** Oldest first. The first step is a change that starts the repository. */
  readonly story: readonly StoryStep[];
  readonly registrations: readonly DemoRegistration[];
}

/** A change, said shortly. */
export function change(
  by: string,
  moment: readonly [daysAgo: number, time: string],
  what: { message: string; files: Record<string, string>; unbuilt?: boolean },
): Change {
  return { kind: 'change', by, daysAgo: moment[0], time: moment[1], ...what };
}

/** A promotion, said shortly. */
export function promotion(
  by: string,
  moment: readonly [daysAgo: number, time: string],
  to: string,
): Promotion {
  return { kind: 'promotion', by, daysAgo: moment[0], time: moment[1], to };
}

/** A registration, said shortly. */
export function registered(
  by: string,
  moment: readonly [daysAgo: number, time: string],
  environment: string,
): DemoRegistration {
  return { by, daysAgo: moment[0], time: moment[1], environment };
}
