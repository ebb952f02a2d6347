import { useState } from 'react';
import { type DiffBlock } from '../../../presentation/textDiff';
import styles from './DiffLines.module.css';

const SIGNS = { same: ' ', added: '+', removed: '−' };

/** More lines than these are drawn on demand. */
const MOST_LINES = 400;

/** The lines of a diff. What is the same and far from a difference is folded. */
export function DiffLines(props: {
  blocks: readonly DiffBlock[];
  label: string;
}) {
  const { blocks, label } = props;
  return (
    // Scrollable content has to be reachable by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.diff} role="group" aria-label={label} tabIndex={0}>
      {blocks.map(block =>
        block.kind === 'fold' || block.lines.length > MOST_LINES ? (
          <Fold key={block.id} block={block} />
        ) : (
          <Lines key={block.id} block={block} />
        ),
      )}
    </div>
  );
}

function Fold({ block }: { block: DiffBlock }) {
  const [isOpen, setOpen] = useState(false);
  if (isOpen) {
    return <Lines block={block} />;
  }
  const { length } = block.lines;
  const what = block.kind === 'fold' ? 'unchanged' : 'changed';
  return (
    <button type="button" className={styles.fold} onClick={() => setOpen(true)}>
      Show {length} {what} {length === 1 ? 'line' : 'lines'}
    </button>
  );
}

function Lines({ block }: { block: DiffBlock }) {
  return (
    <>
      {block.lines.map(({ kind, before, after, text }) => (
        <div key={`${before}-${after}`} className={styles[kind]}>
          <span className={styles.number} aria-hidden>
            {before}
          </span>
          <span className={styles.number} aria-hidden>
            {after}
          </span>
          <span className={styles.sign}>{SIGNS[kind]}</span>
          <span className={styles.text}>{text}</span>
        </div>
      ))}
    </>
  );
}
