import { useState } from 'react';
import styles from './LongText.module.css';

const SHORT = 180;

/** A text that is cut where it is long, with the rest one press away. */
export function LongText({ children }: { children: string }) {
  const [isOpen, setOpen] = useState(false);
  if (children.length <= SHORT) {
    return <span className={styles.text}>{children}</span>;
  }
  return (
    <span className={styles.text}>
      {isOpen ? children : `${children.slice(0, SHORT).trimEnd()}… `}
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
