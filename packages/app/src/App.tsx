import { createApp } from '@backstage/frontend-defaults';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { navModule } from './modules/nav';

// Other plugins are found among the dependencies of this package: `app.packages`.
export const app = createApp({ features: [catalogPlugin, navModule] });
