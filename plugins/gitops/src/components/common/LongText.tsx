import { useState } from 'react';
import styles from './LongText.module.css';

/** A text that is cut where it is long, with the rest one press away. */
export function LongText(props: {
  /** How many characters are few enough to show all. */
  limit: number;
  children: string;
}) {
  const { limit, children } = props;
  const [isOpen, setOpen] = useState(false);
  if (children.length <= limit) {
    return <span className={styles.text}>{children}</span>;
  }
  return (
    <span className={styles.text}>
      {isOpen ? children : `${children.slice(0, limit).trimEnd()}… `}
      <button
        type="button"
        className={styles.toggle}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? 'Show less' : 'Show all'}
      </button>
    </span>
  );
}
