import {
  type Source,
  type SourceState,
} from '@callboard/backstage-plugin-gitops-common';

/** What is wrong with a system that was asked, for a person. */
interface SourceView {
  readonly key: string;
  readonly severity: 'warning' | 'danger';
  /** Followed by the time since when it is so. */
  readonly title: string;
  readonly since: string;
  readonly cause: string;
  readonly nextStep: string;
}

type Trouble = Exclude<SourceState, 'ok'>;

const TROUBLES: Record<
  Trouble,
  { severity: 'warning' | 'danger'; word: string; cause: string }
> = {
  unreachable: {
    severity: 'danger',
    word: 'is unreachable',
    cause: 'The portal gets no answer and keeps trying.',
  },
  unauthorised: {
    severity: 'danger',
    word: 'refuses the portal: unauthorised',
    cause: 'The token it was given is wrong, expired, or lacks a right.',
  },
  stale: {
    severity: 'warning',
    word: 'has not been heard from',
    cause: 'The connection is open, but nothing comes in.',
  },
  limited: {
    severity: 'warning',
    word: 'limits how often the portal may ask',
    cause: 'Too many questions in too short a time; the limit lifts by itself.',
  },
};

const ARGOCD_STEPS: Record<Trouble, string> = {
  unreachable:
    'If it lasts, ask the team that runs Argo CD. Rows below show what was heard last, and when.',
  unauthorised:
    'Ask whoever runs the portal to renew the token of this instance. Rows below show what was heard last, and when.',
  stale: 'Rows below show what was heard last, and when.',
  limited: 'Rows below show what was heard last, and when.',
};

const OTHER_STEPS: Record<Trouble, string> = {
  unreachable:
    'If it lasts, ask the team that runs it. What it would tell is not known meanwhile.',
  unauthorised:
    'Ask whoever runs the portal to renew its token, or to give it access. What it would tell is not known meanwhile.',
  stale: 'What runs goes on running; changes wait.',
  limited: 'What it said may be out of date.',
};

const ENTITY = 'entity:';

/** An entity is nobody who is asked: more of it was found than is shown. */
function isEntity({ name }: Source): boolean {
  return name.startsWith(ENTITY);
}

/** Puts a trouble into words; `undefined` where all is well. */
export function describeSource(source: Source): SourceView | undefined {
  const { name, state, since, message } = source;
  if (state === 'ok') {
    return undefined;
  }
  const trouble = TROUBLES[state];
  if (isEntity(source)) {
    return {
      key: name,
      severity: 'warning',
      title: `${name.slice(ENTITY.length)} selects too many Applications`,
      since,
      cause: message ?? 'Not all of them are shown.',
      nextStep: 'Rows below are the first of them.',
    };
  }
  const isArgocd = name.startsWith('argocd:');
  const steps = isArgocd ? ARGOCD_STEPS : OTHER_STEPS;
  // Nobody hears from a repository: it is read, or what it says is applied.
  const word =
    state === 'stale' && !isArgocd ? 'is not up to date' : trouble.word;
  return {
    key: name,
    severity: trouble.severity,
    title: `${sourceTitle(name)} ${word}`,
    since,
    cause: message ?? trouble.cause,
    nextStep: steps[state],
  };
}

/** A sentence for an answer that some of several systems contributed to. */
export function describeCoverage(all: readonly Source[]): string | undefined {
  const sources = all.filter(source => !isEntity(source));
  const answered = sources.filter(({ state }) => state === 'ok').length;
  const others = sources.length - answered;
  if (sources.length < 2 || others === 0) {
    return undefined;
  }
  const unknown = others === 1 ? 'the other one knows' : 'the others know';
  return `${answered} of ${sources.length} sources are up to date. What ${unknown} is missing or old.`;
}

/** `argocd:main` as people call it. */
export function sourceTitle(name: string): string {
  return name
    .replace(/^argocd:(.*)$/, 'Argo CD “$1”')
    .replace(/^repository:/, 'Repository ');
}
