import { Checkbox, Radio, RadioGroup } from '@backstage/ui';
import { type ResourceDiff } from '@callboard/backstage-plugin-gitops-common';
import { useId } from 'react';
import { explainDenied } from '../../../presentation/permissions';
import { resourceKey } from '../../../presentation/resourceTree';
import { type SyncChoices } from '../../../presentation/syncPlan';
import styles from './SyncDialog.module.css';

const WORDS: Record<ResourceDiff['change'], string> = {
  create: 'new',
  update: 'changed',
  delete: 'no longer in Git',
  none: 'the same',
};

/** What to sync, and how. */
export function SyncForm(props: {
  items: readonly ResourceDiff[];
  choices: SyncChoices;
  mayPrune: boolean;
  setChoices(choices: SyncChoices): void;
}) {
  const { items, choices, mayPrune, setChoices } = props;
  const different = items.filter(({ change }) => change !== 'none');
  return (
    <>
      {different.length > 0 && (
        <Selection
          items={different}
          selected={choices.selected}
          select={selected => setChoices({ ...choices, selected })}
        />
      )}
      <Prune
        surplus={items.filter(({ change }) => change === 'delete')}
        mayPrune={mayPrune}
        isOn={choices.prune}
        setOn={prune => setChoices({ ...choices, prune })}
      />
      <Checkbox
        isSelected={choices.dryRun}
        onChange={dryRun => setChoices({ ...choices, dryRun })}
      >
        Dry run: only say what would happen
      </Checkbox>
    </>
  );
}

function Selection(props: {
  items: readonly ResourceDiff[];
  selected: SyncChoices['selected'];
  select(selected: SyncChoices['selected']): void;
}) {
  const { items, selected, select } = props;
  const toggle = (key: string, isOn: boolean) => {
    const next = new Set(selected);
    if (isOn) {
      next.add(key);
    } else {
      next.delete(key);
    }
    select(next);
  };
  return (
    <>
      <RadioGroup
        label="What to sync"
        value={selected ? 'some' : 'all'}
        onChange={value =>
          select(value === 'some' ? new Set(items.map(resourceKey)) : undefined)
        }
      >
        <Radio value="all">Everything</Radio>
        <Radio value="some">Only some resources</Radio>
      </RadioGroup>
      <ul className={styles.items} aria-label="What differs">
        {items.map(it => (
          <li key={resourceKey(it)}>
            <Difference
              item={it}
              isSelected={selected?.has(resourceKey(it))}
              toggle={isOn => toggle(resourceKey(it), isOn)}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

function Difference(props: {
  item: ResourceDiff;
  /** Absent where there is nothing to choose. */
  isSelected?: boolean;
  toggle(isOn: boolean): void;
}) {
  const { item, isSelected, toggle } = props;
  const words = (
    <>
      {item.kind} {item.name}{' '}
      <span className={styles.quiet}>{WORDS[item.change]}</span>
    </>
  );
  return isSelected === undefined ? (
    words
  ) : (
    <Checkbox isSelected={isSelected} onChange={toggle}>
      {words}
    </Checkbox>
  );
}

function Prune(props: {
  surplus: readonly ResourceDiff[];
  mayPrune: boolean;
  isOn: boolean;
  setOn(isOn: boolean): void;
}) {
  const { surplus, mayPrune, isOn, setOn } = props;
  const describedBy = useId();
  return (
    <div>
      <Checkbox
        isSelected={isOn}
        isDisabled={!mayPrune}
        aria-describedby={describedBy}
        onChange={setOn}
      >
        Prune: delete what is no longer in Git
      </Checkbox>
      <p id={describedBy} className={styles.hint}>
        {mayPrune ? surplusWords(surplus) : explainDenied('prune')}
      </p>
    </div>
  );
}

function surplusWords(surplus: readonly ResourceDiff[]): string {
  return surplus.length === 0
    ? 'There is nothing to delete.'
    : `That is: ${surplus.map(it => `${it.kind} ${it.name}`).join(', ')}.`;
}
