import { AppRootElementBlueprint } from '@backstage/frontend-plugin-api';
import { Banner } from '../components/Banner';

/** A word that is on every page, such as that nothing here is real. */
export const banner = AppRootElementBlueprint.make({
  name: 'banner',
  params: { element: <Banner /> },
});
