import { type ApiHolder } from '@backstage/frontend-plugin-api';
import { gitopsApiRef } from '../../gitopsApiRef';

/**
 * Refuses the name of an environment that does not exist: a link can fill in
 * anything. Where the backend cannot say, it decides when the template runs.
 */
export async function checkEnvironment(
  value: string,
  field: { addError(message: string): void },
  { apiHolder }: { apiHolder: ApiHolder },
): Promise<void> {
  const names = await apiHolder
    .get(gitopsApiRef)
    ?.getEnvironments()
    .then(
      ({ items }) => items.map(({ name }) => name),
      () => undefined,
    );
  if (names && !names.includes(value)) {
    field.addError(
      `There is no environment "${value}". Pick one of ${names.join(', ')}.`,
    );
  }
}
