import { type Entity } from '@backstage/catalog-model';
import { lazy, type ReactNode, Suspense } from 'react';

const Cell = lazy(async () => {
  const { DeploymentStateCell } = await import('./components/CatalogState');
  return { default: DeploymentStateCell };
});

/**
 * A column of the catalog's table.
 *
 * @public
 */
export interface DeploymentStateColumn {
  readonly title: string;
  readonly sorting: false;
  readonly searchable: false;
  readonly width: string;
  render(row: { entity: Entity }): ReactNode;
}

/**
 * The column “Deployment state” for the catalog's table. The catalog takes
 * columns by its page only: an app gives it to its `CatalogIndexPage`.
 *
 * @public
 */
export function createDeploymentStateColumn(): DeploymentStateColumn {
  return {
    title: 'Deployment state',
    sorting: false,
    searchable: false,
    width: 'auto',
    render: ({ entity }) => (
      <Suspense fallback={null}>
        <Cell entity={entity} />
      </Suspense>
    ),
  };
}
