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
} from './legacy/plugin';
export {
  GitopsConfigurationField,
  GitopsEnvironmentPickerField,
  GitopsInWordsField,
  GitopsLayoutPickerField,
  GitopsServiceNameField,
} from './legacy/fields';
export { isDeploymentsAvailable } from './legacy/isDeploymentsAvailable';
export { gitopsApiRef } from './gitopsApiRef';
