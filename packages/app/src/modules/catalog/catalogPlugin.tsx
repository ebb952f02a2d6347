import { coreExtensionData } from '@backstage/frontend-plugin-api';
import { CatalogTable } from '@backstage/plugin-catalog';
import catalogPlugin, {
  CatalogIndexPage,
  type CatalogTableColumnsFunc,
} from '@backstage/plugin-catalog/alpha';
import { createDeploymentStateColumn } from '@callboard/backstage-plugin-gitops';
import { Fragment } from 'react';

const deploymentState = createDeploymentStateColumn();

/**
 * The catalog's own columns, and for components beside their name how their
 * deployments are, in the place that tags would take.
 */
const columns: CatalogTableColumnsFunc = context => {
  const ofCatalog = CatalogTable.defaultColumnsFunc(context);
  if (context.filters.kind?.value !== 'component') {
    return ofCatalog;
  }
  const [name = deploymentState, ...others] = ofCatalog.filter(
    ({ title }) => title !== 'Tags',
  );
  return [name, deploymentState, ...others];
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
                    {inputs.filters.map(filter => (
                      <Fragment key={filter.node.spec.id}>
                        {filter.get(coreExtensionData.reactElement)}
                      </Fragment>
                    ))}
                  </>
                }
              />
            ),
          },
        }),
    }),
  ],
});
