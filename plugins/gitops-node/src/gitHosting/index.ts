export { applyEdits, type EditedFile } from './applyEdits';
export { readTrailers } from './commitMessage';
export { createGitHosting } from './createGitHosting';
export {
  RepositoryRefusedError,
  type RepositoryRefusal,
  UpstreamError,
  type UpstreamFailure,
} from './errors';
export {
  type AccountFacts,
  type Actors,
  type BranchHead,
  type Change,
  type Committed,
  type GitHosting,
  type HostedRepository,
  type Proposal,
  type ProposalFacts,
  type Proposed,
  type ProtectionFacts,
  type PushRules,
  type Redone,
  type RepositoryFacts,
  type ReviewFacts,
  type Webhook,
  type WebhookFacts,
} from './GitHosting';
