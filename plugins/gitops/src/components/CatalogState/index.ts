export { DeploymentStateCell } from './DeploymentStateCell';
export { DeploymentStatePicker } from './DeploymentStatePicker';
