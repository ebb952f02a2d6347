import { parseEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { entityPresentationApiRef } from '@backstage/plugin-catalog-react';
import { useQueries } from '@tanstack/react-query';
import { type Answers } from './answersOf';

/**
 * The same answers with the entities' titles in place of references to them:
 * their names until the catalog has told, or where it does not. What is no
 * reference stays as it is.
 */
export function useWords(answers: Answers): Answers {
  const presentationApi = useApi(entityPresentationApiRef);
  const present = (answer: string) =>
    isEntityRef(answer) ? presentationApi.forEntity(answer) : undefined;
  const different = [...new Set(Object.values(answers))];
  const titles = useQueries({
    queries: different.map(answer => ({
      queryKey: ['gitops', 'title', answer],
      queryFn: async () => (await present(answer)?.promise)?.primaryTitle ?? '',
      placeholderData: () => present(answer)?.snapshot.primaryTitle,
    })),
  });
  return Object.fromEntries(
    Object.entries(answers).map(([name, answer]) => [
      name,
      titles[different.indexOf(answer)]?.data || answer,
    ]),
  );
}

/** Links fill in anything, and the catalog's API takes only references. */
function isEntityRef(answer: string): boolean {
  try {
    parseEntityRef(answer);
    return true;
  } catch {
    return false;
  }
}
