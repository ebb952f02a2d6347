import {
  type Source,
  type UnmatchedReason,
} from '@callboard/backstage-plugin-gitops-common';

const WORDS: Record<UnmatchedReason, string> = {
  'no-entity': 'No entity has it',
  'unknown-entity': 'Names an entity that is not there',
  'not-selected': 'Not selected by its own entity',
  'several-entities': 'Several entities have it',
  unproven: 'Not proven',
  claimed: 'Claimed by another entity',
  'selects-nothing': 'Annotation selects nothing',
  'selects-too-many': 'Selects too many',
  approximate: 'Approximate: its objects were guessed',
  'stray-workload': 'A workload of it has no entity',
};

export const REASONS = Object.keys(WORDS) as UnmatchedReason[];

/** The reason in a few words. */
export function reasonWords(reason: UnmatchedReason): string {
  return WORDS[reason];
}

/** A reason from an address; nothing where it is none. */
export function readReason(text: string | null): UnmatchedReason | undefined {
  return REASONS.find(reason => reason === text);
}

/** Names of the Argo CD instances that were looked at. */
export function instancesOf(sources: readonly Source[]): string[] {
  return sources.flatMap(({ name }) =>
    name.startsWith('argocd:') ? [name.slice('argocd:'.length)] : [],
  );
}
