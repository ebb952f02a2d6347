import { Alert, Button, Skeleton, VisuallyHidden } from '@backstage/ui';
import { type ReactNode } from 'react';
import { explainPartError } from '../../presentation/errors';
import { Age } from '../common/Age';
import styles from './Piece.module.css';

/** What a piece needs to know of its query. */
interface PieceQuery<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly isFetching: boolean;
  readonly dataUpdatedAt: number;
  refetch(): Promise<unknown>;
}

/**
 * A part of the details that is asked for by itself: it loads alone and fails
 * alone. What was there stays when a refresh fails, with its age. `what` names
 * it, as in “The events”.
 */
export function Piece<T>(props: {
  query: PieceQuery<T>;
  what: string;
  children: (data: T) => ReactNode;
}) {
  const { query, what, children } = props;
  const { data, error } = query;
  if (data === undefined) {
    return error ? (
      <PieceFailed query={query} what={what} />
    ) : (
      <PieceLoading what={what} />
    );
  }
  return (
    <>
      {error !== null && <PieceStale query={query} what={what} />}
      {children(data)}
    </>
  );
}

function PieceLoading({ what }: { what: string }) {
  return (
    <div className={styles.loading} role="status" aria-busy="true">
      <VisuallyHidden>Loading: {what.toLowerCase()}</VisuallyHidden>
      <Skeleton width="60%" height={16} />
      <Skeleton width="85%" height={16} />
      <Skeleton width="40%" height={16} />
    </div>
  );
}

function PieceFailed<T>(props: { query: PieceQuery<T>; what: string }) {
  const { title, description } = explainPartError(
    props.query.error,
    props.what,
  );
  return (
    <Alert
      role="alert"
      status="danger"
      icon
      title={title}
      description={description}
      customActions={<Retry query={props.query} />}
    />
  );
}

function PieceStale<T>(props: { query: PieceQuery<T>; what: string }) {
  const { query, what } = props;
  const { title, description } = explainPartError(query.error, what);
  return (
    <Alert
      status="warning"
      icon
      title={
        <>
          Could not refresh: what you see is from{' '}
          <Age time={new Date(query.dataUpdatedAt)} />
        </>
      }
      description={`${title}. ${description}`}
      customActions={<Retry query={query} />}
    />
  );
}

function Retry<T>({ query }: { query: PieceQuery<T> }) {
  return (
    <Button
      size="small"
      variant="secondary"
      isPending={query.isFetching}
      onPress={() => {
        query.refetch().catch(() => {});
      }}
    >
      Try again
    </Button>
  );
}
