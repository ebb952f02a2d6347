import styles from './Logo.module.css';

/** A notice board with a pin; beside it the name, where there is room. */
export const Logo = ({ isWide }: { isWide: boolean }) => (
  <svg
    className={styles.logo}
    viewBox={isWide ? '0 0 172 32' : '0 0 32 32'}
    aria-hidden="true"
  >
    <g fill="none" stroke="currentColor" strokeWidth="2.5">
      <rect x="3" y="8" width="26" height="20" rx="4" />
      <path d="M9 16h8M9 21.5h14" strokeLinecap="round" />
    </g>
    <circle cx="16" cy="7" r="4" className={styles.pin} />
    {isWide && (
      <text x="40" y="25" className={styles.name}>
        Callboard
      </text>
    )}
  </svg>
);
