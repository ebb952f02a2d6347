import { createApp } from '@backstage/frontend-defaults';
import { catalogWithDeployments } from './modules/catalog';
import { navModule } from './modules/nav';

// Other plugins are found among the dependencies of this package: `app.packages`.
export const app = createApp({ features: [catalogWithDeployments, navModule] });
