import {
  type SetupCheck,
  type SetupState,
  type SetupSubject,
} from '@callboard/backstage-plugin-gitops-common';
import { type StatusLook } from './status';

const LOOKS: Record<SetupState, StatusLook> = {
  error: { tone: 'negative', icon: 'broken', word: 'Error' },
  warning: { tone: 'warning', icon: 'attention', word: 'Warning' },
  unknown: { tone: 'neutral', icon: 'unknown', word: 'Not checked' },
  ok: { tone: 'positive', icon: 'done', word: 'OK' },
};

const COUNTED: Record<SetupState, readonly [one: string, many: string]> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  unknown: ['not checked', 'not checked'],
  ok: ['OK', 'OK'],
};

/** From what needs a person most to what needs none. */
const STATES: readonly SetupState[] = ['error', 'warning', 'unknown', 'ok'];

const KINDS: Record<SetupSubject['kind'], (name: string) => string> = {
  portal: () => 'Portal',
  argocd: name => `Argo CD “${name}”`,
  environment: name => `Environment ${name}`,
  repository: name => `Repository ${name}`,
};

/** The checks of one subject. */
export interface CheckGroup {
  readonly key: string;
  readonly title: string;
  readonly url?: string;
  /** The worst of them. */
  readonly state: SetupState;
  /** What is not fine, the worst first. */
  readonly open: readonly SetupCheck[];
  readonly fine: readonly SetupCheck[];
}

export function lookOfSetupState(state: SetupState): StatusLook {
  return LOOKS[state];
}

/** Checks by their subject, the ones with problems first. */
export function groupChecks(items: readonly SetupCheck[]): CheckGroup[] {
  const bySubject = new Map<string, SetupCheck[]>();
  for (const check of items) {
    const { kind, name } = check.subject;
    const key = `${kind}:${name}`;
    bySubject.set(key, [...(bySubject.get(key) ?? []), check]);
  }
  return [...bySubject]
    .map(([key, checks]) => groupOf(key, checks))
    .sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state));
}

/** How many checks there are of each state, in order; without those of none. */
export function countStates(
  items: readonly SetupCheck[],
): { readonly state: SetupState; readonly word: string }[] {
  return STATES.flatMap(state => {
    const count = items.filter(check => check.state === state).length;
    const [one, many] = COUNTED[state];
    return count > 0
      ? [{ state, word: `${count} ${count === 1 ? one : many}` }]
      : [];
  });
}

function groupOf(key: string, checks: readonly SetupCheck[]): CheckGroup {
  const open = STATES.filter(state => state !== 'ok').flatMap(state =>
    checks.filter(check => check.state === state),
  );
  const subject = checks[0]?.subject;
  return {
    key,
    title: subject ? KINDS[subject.kind](subject.name) : key,
    ...(subject?.url && { url: subject.url }),
    state: open[0]?.state ?? 'ok',
    open,
    fine: checks.filter(({ state }) => state === 'ok'),
  };
}
