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
  type BranchHead,
  type Change,
  type Committed,
  type GitHosting,
  type HostedRepository,
  type Proposal,
  type ProposalFacts,
  type Proposed,
  type ProtectionFacts,
  type Redone,
  type RepositoryFacts,
  type ReviewFacts,
} from './GitHosting';
