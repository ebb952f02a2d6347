import { coreExtensionData } from '@backstage/frontend-plugin-api';
import { CatalogTable } from '@backstage/plugin-catalog';
import catalogPlugin, {
  CatalogIndexPage,
  type CatalogTableColumnsFunc,
} from '@backstage/plugin-catalog/alpha';
import { createDeploymentStateColumn } from '@callboard/backstage-plugin-gitops';

const deploymentState = createDeploymentStateColumn();

/** The catalog's own columns, and how the deployments of components are. */
const columns: CatalogTableColumnsFunc = context => {
  const ofCatalog = CatalogTable.defaultColumnsFunc(context);
  const isOfComponents = context.filters.kind?.value === 'component';
  return isOfComponents ? [...ofCatalog, deploymentState] : ofCatalog;
};

/**
 * The catalog with one more column. Columns are no extensions, so the page is
 * made anew, from what the catalog's own page takes.
 */
export const catalogWithDeployments = catalogPlugin.withOverrides({
  extensions: [
    catalogPlugin.getExtension('page:catalog').override({
      factory: (original, { inputs, config }) =>
        original({
          params: {
            loader: async () => (
              <CatalogIndexPage
                columns={columns}
                pagination={config.pagination}
                exportSettings={
                  config.exportSettings?.enabled
                    ? config.exportSettings
                    : undefined
                }
                filters={
                  <>
                    {inputs.filters.map(filter =>
                      filter.get(coreExtensionData.reactElement),
                    )}
                  </>
                }
              />
            ),
          },
        }),
    }),
  ],
});
