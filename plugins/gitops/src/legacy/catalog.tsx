import { compatWrapper } from '@backstage/core-compat-api';
import { createComponentExtension } from '@backstage/core-plugin-api';
import {
  createDeploymentStateColumn as createColumn,
  type DeploymentStateColumn,
} from '../createDeploymentStateColumn';
import { inOldApp } from './inOldApp';
import { gitopsPlugin } from './plugin';

/**
 * The filter “Deployment state”, among the `filters` of `CatalogIndexPage`.
 *
 * @public
 */
export const GitopsDeploymentStatePicker = gitopsPlugin.provide(
  createComponentExtension({
    name: 'GitopsDeploymentStatePicker',
    component: {
      lazy: async () => {
        const { DeploymentStatePicker } = await import(
          '../components/CatalogState'
        );
        return inOldApp(DeploymentStatePicker);
      },
    },
  }),
);

/**
 * The column of the same name, for the `columns` of `CatalogIndexPage`.
 *
 * @public
 */
export function createDeploymentStateColumn(): DeploymentStateColumn {
  const column = createColumn();
  return { ...column, render: row => compatWrapper(column.render(row)) };
}
