/**
 * The same for apps on Backstage's old frontend system: extensions to place in
 * `App.tsx` and `EntityPage.tsx`.
 *
 * @packageDocumentation
 */
export {
  EntityDeploymentsCard,
  EntityDeploymentsContent,
  GitopsBanner,
  gitopsPlugin,
  GitopsSetupPage,
} from './legacy/plugin';
export {
  createDeploymentStateColumn,
  GitopsDeploymentStatePicker,
} from './legacy/catalog';
export { GitopsSearchResultListItem } from './legacy/search';
export {
  GitopsConfigurationField,
  GitopsEnvironmentPickerField,
  GitopsInWordsField,
  GitopsLayoutPickerField,
  GitopsServiceNameField,
} from './legacy/fields';
export { type DeploymentStateColumn } from './createDeploymentStateColumn';
export { isDeploymentsAvailable } from './legacy/isDeploymentsAvailable';
export { gitopsApiRef } from './gitopsApiRef';
