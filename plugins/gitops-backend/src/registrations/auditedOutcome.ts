import { type RegistrationChange } from '@callboard/backstage-plugin-gitops-common';

/** What the audit log says of a change, beside what was asked for. */
export function auditedOutcome({
  outcome,
  commit,
  pullRequest,
}: RegistrationChange) {
  return {
    outcome,
    commit: commit?.sha ?? null,
    pullRequest: pullRequest?.url ?? null,
  };
}
