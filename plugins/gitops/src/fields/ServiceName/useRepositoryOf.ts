import { useApi } from '@backstage/frontend-plugin-api';
import { type ServiceLookup } from '@callboard/backstage-plugin-gitops-common';
import { useQuery } from '@tanstack/react-query';
import { gitopsApiRef } from '../../gitopsApiRef';
import { useSettled } from '../../hooks/useSettled';

/** Longer than between two keys, shorter than until the next field. */
const PAUSE_MS = 400;
const FRESH_MS = 30_000;

interface Rules {
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
}

/**
 * Where the repository of a service of that name is or would be; nothing while
 * the name is being typed, is none, or the backend cannot say.
 */
export function useRepositoryOf(
  name: string | undefined = '',
  rules: Rules = {},
): ServiceLookup['repository'] | undefined {
  const gitopsApi = useApi(gitopsApiRef);
  const settled = useSettled(name, PAUSE_MS) === name;
  const { data } = useQuery({
    queryKey: ['gitops', 'service', name],
    queryFn: ({ signal }) => gitopsApi.getService(name, { signal }),
    enabled: settled && isWellFormed(name, rules),
    staleTime: FRESH_MS,
  });
  return data?.repository;
}

function isWellFormed(name: string, rules: Rules): boolean {
  const { minLength = 1, maxLength = Infinity, pattern = '' } = rules;
  return (
    name.length >= minLength &&
    name.length <= maxLength &&
    new RegExp(pattern, 'u').test(name)
  );
}
