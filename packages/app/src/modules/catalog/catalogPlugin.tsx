import { coreExtensionData } from '@backstage/frontend-plugin-api';
import { CatalogTable } from '@backstage/plugin-catalog';
import catalogPlugin, {
  CatalogIndexPage,
  type CatalogTableColumnsFunc,
} from '@backstage/plugin-catalog/alpha';
import { createDeploymentStateColumn } from '@callboard/backstage-plugin-gitops';
import { Fragment } from 'react';

const deploymentState = createDeploymentStateColumn();

const NAME = 'resolved.entityRef';
/** Filters, and the page of a component, have them. */
const LEFT_OUT = ['entity.metadata.tags', 'entity.spec.lifecycle'];

/**
 * The catalog's own columns, and for components how their deployments are:
 * beside the name, in the room of what is of less interest.
 */
const columns: CatalogTableColumnsFunc = context => {
  const ofCatalog = CatalogTable.defaultColumnsFunc(context);
  return context.filters.kind?.value === 'component'
    ? ofCatalog
        .filter(({ field }) => !LEFT_OUT.includes(String(field)))
        .flatMap(column =>
          column.field === NAME ? [column, deploymentState] : [column],
        )
    : ofCatalog;
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
