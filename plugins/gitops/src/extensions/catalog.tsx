import { CatalogFilterBlueprint } from '@backstage/plugin-catalog-react/alpha';

/** A filter of the catalog's list: the state of an entity's deployments. */
export const deploymentStateFilter = CatalogFilterBlueprint.make({
  name: 'deployment-state',
  params: {
    loader: async () => {
      const { DeploymentStatePicker } = await import(
        '../components/CatalogState'
      );
      return <DeploymentStatePicker />;
    },
  },
});
