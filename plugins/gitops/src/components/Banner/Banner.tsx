import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { RiFlaskLine } from '@remixicon/react';
import styles from './Banner.module.css';

/** A narrow strip above every page, if the configuration asks for one. */
export function Banner() {
  const text = useApi(configApiRef).getOptionalString('gitops.banner');
  return text ? (
    <aside className={styles.banner} aria-label="About this portal">
      <RiFlaskLine size={14} aria-hidden />
      <span className={styles.text}>{text}</span>
    </aside>
  ) : null;
}
