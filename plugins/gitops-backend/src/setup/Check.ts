import {
  type Fix,
  type SetupCheck,
  type SetupState,
  type SetupSubject,
} from '@callboard/backstage-plugin-gitops-common';

/** What a rule found out. */
export interface Outcome {
  readonly state: SetupState;
  readonly message: string;
  readonly fix?: Fix;
}

/** What the rules of one subject found out, by an id of their own. */
export interface NamedOutcome extends Outcome {
  readonly id: string;
  readonly title: string;
}

export function named(
  id: string,
  title: string,
  outcome: Outcome,
): NamedOutcome {
  return { id, title, ...outcome };
}

export function ok(message: string, fix?: Fix): Outcome {
  return { state: 'ok', message, ...(fix && { fix }) };
}

export function warning(message: string, fix: Fix): Outcome {
  return { state: 'warning', message, fix };
}

export function problem(message: string, fix: Fix): Outcome {
  return { state: 'error', message, fix };
}

/** It could not be checked. */
export function unknown(message: string, fix?: Fix): Outcome {
  return { state: 'unknown', message, ...(fix && { fix }) };
}

export function toChecks(
  subject: SetupSubject,
  outcomes: readonly NamedOutcome[],
): SetupCheck[] {
  const place = subject.name ? `${subject.kind}:${subject.name}` : subject.kind;
  return outcomes.map(({ id, ...outcome }) => ({
    id: `${place}/${id}`,
    subject,
    ...outcome,
  }));
}
