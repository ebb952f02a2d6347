export { SetupChecks } from './SetupChecks';
export { UnmatchedApplications } from './UnmatchedApplications';
