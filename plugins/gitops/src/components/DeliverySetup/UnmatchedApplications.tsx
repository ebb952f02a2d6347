import { Alert, Button } from '@backstage/ui';
import {
  type Source,
  type UnmatchedList,
  type UnmatchedQuery,
} from '@callboard/backstage-plugin-gitops-common';
import { useSearchParams } from 'react-router-dom';
import { useUnmatched } from '../../hooks/useUnmatched';
import { describeSource } from '../../presentation/sources';
import { readReason } from '../../presentation/unmatched';
import { Piece } from '../DeploymentDrawer/Piece';
import { Age } from '../common/Age';
import { LongText } from '../common/LongText';
import styles from './DeliverySetup.module.css';
import { UnmatchedFilter } from './UnmatchedFilter';
import { UnmatchedTable } from './UnmatchedTable';

type Filter = Pick<UnmatchedQuery, 'instance' | 'reason'>;
type Query = ReturnType<typeof useUnmatched>;

const EVERYTHING: Filter = { instance: undefined, reason: undefined };

/** Which applications and entities don't come together, and the fix for each. */
export function UnmatchedApplications() {
  const [filter, setFilter] = useFilter();
  const query = useUnmatched(filter);
  return (
    <section className={styles.page} aria-label="Unmatched applications">
      <p className={styles.intro}>
        Applications that no entity of the catalog has, or several have, or of
        which only the entity itself says that it has them; annotations that
        select nothing; and of root applications that deploy several services
        what no entity has, or was guessed.
      </p>
      <Piece query={query} what="The list">
        {({ pages: [first, ...others] }) =>
          first && (
            <>
              <SourceNotices sources={first.sources} />
              <header className={styles.header}>
                <UnmatchedFilter
                  filter={filter}
                  list={first}
                  onChange={setFilter}
                />
                <LookAgain query={query} list={first} />
              </header>
              <Items
                pages={[first, ...others]}
                isFiltered={Object.values(filter).some(Boolean)}
                onClear={() => setFilter(EVERYTHING)}
              />
              {query.hasNextPage && <ShowMore query={query} />}
            </>
          )
        }
      </Piece>
    </section>
  );
}

/** The filter, which the address keeps. */
function useFilter(): [Filter, (changes: Filter) => void] {
  const [params, setParams] = useSearchParams();
  const filter = {
    reason: readReason(params.get('reason')),
    instance: params.get('instance') || undefined,
  };
  const change = (changes: Filter) => {
    const wanted = Object.entries({ ...filter, ...changes });
    setParams(
      Object.fromEntries(
        wanted.flatMap(([key, value]) => (value ? [[key, value]] : [])),
      ),
      { replace: true },
    );
  };
  return [filter, change];
}

function LookAgain({ query, list }: { query: Query; list: UnmatchedList }) {
  return (
    <div className={styles.age}>
      <span>
        looked at <Age time={list.checkedAt} />
      </span>
      <Button
        size="small"
        variant="secondary"
        isPending={query.isRefetching}
        onPress={() => {
          query.refetch().catch(() => {});
        }}
      >
        Look again
      </Button>
    </div>
  );
}

function ShowMore({ query }: { query: Query }) {
  return (
    <Button
      className={styles.more}
      variant="secondary"
      isPending={query.isFetchingNextPage}
      onPress={() => {
        query.fetchNextPage().catch(() => {});
      }}
    >
      Show more
    </Button>
  );
}

function Items(props: {
  pages: readonly UnmatchedList[];
  isFiltered: boolean;
  onClear(): void;
}) {
  const items = props.pages.flatMap(page => page.items);
  if (items.length > 0) {
    return <UnmatchedTable items={items} />;
  }
  return props.isFiltered ? (
    <Alert
      status="info"
      icon
      title="Nothing of that kind"
      customActions={
        <Button size="small" variant="secondary" onPress={props.onClear}>
          Show everything
        </Button>
      }
    />
  ) : (
    <Alert
      status="success"
      icon
      title="Everything is matched"
      description="Each application has one entity that the platform says it belongs to, and each annotation selects something."
    />
  );
}

function SourceNotices({ sources }: { sources: readonly Source[] }) {
  return (
    <>
      {sources.flatMap(source => {
        const view =
          source.name === 'catalog' ? undefined : describeSource(source);
        return view ? (
          <Alert
            key={view.key}
            status={view.severity}
            icon
            title={
              <>
                {view.title}, since <Age time={view.since} />
              </>
            }
            description={
              <>
                <LongText limit={300}>{view.cause}</LongText> What it has may be
                missing or old below.
              </>
            }
          />
        ) : (
          []
        );
      })}
      {sources.map(
        ({ name, state, message }) =>
          name === 'catalog' &&
          state !== 'ok' && (
            <Alert
              key={name}
              status="warning"
              icon
              title="Not all of the catalog was read"
              description={message}
            />
          ),
      )}
    </>
  );
}
