export {
  type BranchProtection,
  type RequiredReviews,
} from './BranchProtection';
export { type Fault } from './Faults';
export {
  type GitHosting,
  type GitHostingOptions,
  startGitHosting,
} from './GitHosting';
export {
  type HostingAdmin,
  type SeedCommit,
  type SeedRepository,
} from './HostingAdmin';
export { type Push } from './pushEvents';
