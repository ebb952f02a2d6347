import { Alert, Button } from '@backstage/ui';
import { explainError } from '../../presentation/errors';
import { ConfigurationSnippet } from './ConfigurationSnippet';

/** Instead of the matrix, where there is no answer at all. */
export function Failure(props: {
  error: unknown;
  retrying: boolean;
  refresh(): Promise<unknown>;
}) {
  const { kind, title, description } = explainError(props.error);
  if (kind === 'not-configured') {
    return <ConfigurationSnippet reason={description} />;
  }
  return (
    <Alert
      role="alert"
      status={kind === 'not-allowed' ? 'warning' : 'danger'}
      icon
      title={title}
      description={description}
      customActions={
        kind !== 'not-allowed' && (
          <Button
            size="small"
            variant="secondary"
            isPending={props.retrying}
            onPress={() => {
              props.refresh().catch(() => {});
            }}
          >
            Try again
          </Button>
        )
      }
    />
  );
}
