/**
 * Domain types, permissions and the typed API client of Callboard. Runs in
 * browsers and in Node.
 *
 * @packageDocumentation
 */
export * from './annotations';
export * from './ArgocdApplication';
export * from './Deployment';
export * from './DeploymentAccess';
export * from './DeploymentDetail';
export * from './DeploymentHistory';
export * from './DeploymentDocument';
export * from './DeploymentState';
export * from './EntityDeployments';
export * from './Environment';
export * from './exampleConfiguration';
export * from './Fix';
export * from './GitopsApi';
export * from './GitopsClient';
export * from './permissions';
export * from './Registration';
export * from './RegistrationKind';
export * from './Release';
export * from './Service';
export * from './Setup';
export * from './Source';
export * from './Unmatched';
