import { type FilterPredicate } from '@backstage/filter-predicates';

/**
 * Which entities have deployments to show: components whose applications can
 * be found, by their repository or by annotations of Roadie's plugin. A
 * predicate, not a function, so that configuration can replace it.
 */
export const isDeployable: FilterPredicate = {
  $all: [
    { kind: 'component' },
    {
      $any: [
        {
          'metadata.annotations.backstage.io/source-location': {
            $exists: true,
          },
        },
        { 'metadata.annotations.github.com/project-slug': { $exists: true } },
        { 'metadata.annotations.argocd/app-name': { $exists: true } },
        { 'metadata.annotations.argocd/app-selector': { $exists: true } },
        { 'metadata.annotations.argocd/project-name': { $exists: true } },
      ],
    },
  ],
};
