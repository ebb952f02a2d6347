import styles from './HiddenText.module.css';

/** For those who hear the page. Inline, unlike BUI's VisuallyHidden. */
export function HiddenText({ children }: { children: string }) {
  return <span className={styles.hidden}>{children}</span>;
}
