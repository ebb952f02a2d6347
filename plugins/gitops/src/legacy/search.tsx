import { createSearchResultListItemExtension } from '@backstage/plugin-search-react';
import { RiRocket2Line } from '@remixicon/react';
import { isOfService } from '../presentation/searchResults';
import { inOldApp } from './inOldApp';
import { gitopsPlugin } from './plugin';

/**
 * A service that the search found, with what of it runs where, among the
 * children of `SearchResult`; before the catalog's own item, which is for
 * components, too.
 *
 * @public
 */
export const GitopsSearchResultListItem = gitopsPlugin.provide(
  createSearchResultListItemExtension({
    name: 'GitopsSearchResultListItem',
    predicate: isOfService,
    component: async () => {
      const { SearchResult } = await import('../components/SearchResult');
      const InOldApp = inOldApp(SearchResult);
      // The search knows its documents as title, text and location only.
      return (props: object) => (
        <InOldApp icon={<RiRocket2Line size={24} />} {...props} />
      );
    },
  }),
);
