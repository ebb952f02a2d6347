import { Link } from '@backstage/ui';
import { RiExternalLinkLine } from '@remixicon/react';
import { type ReactNode } from 'react';
import styles from './ExternalLink.module.css';
import { HiddenText } from './HiddenText';

/** A link that leaves the portal, in a tab of its own. */
export function ExternalLink(props: {
  href: string;
  /** Where it leads, for those who hear it without its surroundings. */
  label?: string;
  /** Without the icon, where many stand together. */
  isPlain?: boolean;
  children: ReactNode;
}) {
  const { href, label, isPlain, children } = props;
  return (
    <Link
      className={styles.link}
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={label && `${label} (opens in a new tab)`}
    >
      {children}
      {!isPlain && (
        <RiExternalLinkLine className={styles.icon} size={14} aria-hidden />
      )}
      {!label && <HiddenText> (opens in a new tab)</HiddenText>}
    </Link>
  );
}
