import { Skeleton, Text } from '@backstage/ui';
import { useId } from 'react';
import { useEnvironments } from '../../hooks/useEnvironments';
import { QueryCache } from '../../query/QueryCache';
import { Described } from '../common/Described';
import { NotShown } from '../common/NotShown';
import styles from './Configuration.module.css';
import { Environments } from './Environments';
import { Repositories } from './Repositories';
import { type configurationSchema } from './schema';

type Props = typeof configurationSchema.TProps;

/** What is configured for every service: shown, not asked. */
export function Configuration(props: Props) {
  const titleId = useId();
  return (
    <Described field={props}>
      <section aria-labelledby={titleId} className={styles.box}>
        <Text as="h3" id={titleId} variant="body-medium" weight="bold">
          {props.schema.title}
        </Text>
        <QueryCache>
          <Facts />
        </QueryCache>
      </section>
    </Described>
  );
}

function Facts() {
  const { data, error } = useEnvironments();
  if (data) {
    return (
      <>
        <Repositories configured={data} />
        <Environments environments={data.items} />
      </>
    );
  }
  return error ? <NotShown error={error} /> : <Loading />;
}

function Loading() {
  return (
    <div role="status" aria-label="Loading">
      <Skeleton width="100%" height={120} />
    </div>
  );
}
