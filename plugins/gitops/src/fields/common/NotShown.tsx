import { Alert } from '@backstage/ui';
import { explainError } from '../../presentation/errors';

/** In place of what is configured, where the backend does not tell. */
export function NotShown({ error }: { error: unknown }) {
  return (
    <Alert
      status="warning"
      icon
      title="The environments cannot be shown"
      description={explainError(error).description}
    />
  );
}
