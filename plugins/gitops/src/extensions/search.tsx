import {
  SearchFilterResultTypeBlueprint,
  SearchResultListItemBlueprint,
} from '@backstage/plugin-search-react/alpha';
import { DEPLOYMENT_DOCUMENT } from '@callboard/backstage-plugin-gitops-common';
import { RiRocket2Line } from '@remixicon/react';
import { isOfService } from '../presentation/searchResults';

/**
 * A service that was found, with what of it runs where. For components of the
 * catalog, too, instead of the catalog's own.
 */
const searchResult = SearchResultListItemBlueprint.make({
  params: {
    icon: <RiRocket2Line size={24} />,
    predicate: isOfService,
    component: async () => {
      const { SearchResult } = await import('../components/SearchResult');
      // The search knows its documents as title, text and location only.
      return SearchResult as (props: object) => JSX.Element | null;
    },
  },
});

/** To search deployments only. */
const searchResultType = SearchFilterResultTypeBlueprint.make({
  name: 'deployments',
  params: {
    value: DEPLOYMENT_DOCUMENT,
    name: 'Deployments',
    icon: <RiRocket2Line size={24} />,
  },
});

/** They attach to the search, and to nothing where the portal has none. */
export const search = [searchResult, searchResultType];
