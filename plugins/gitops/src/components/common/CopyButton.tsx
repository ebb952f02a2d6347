import { ButtonIcon } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { useState } from 'react';
import styles from './CopyButton.module.css';

/** Copies a text that stands beside it. `label` says which, as in “digest of cart”. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = () => {
    navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <ButtonIcon
      className={styles.copy}
      size="small"
      variant="tertiary"
      aria-label={isCopied ? `Copied ${label}` : `Copy ${label}`}
      icon={isCopied ? <RiCheckLine /> : <RiFileCopyLine />}
      onPress={copy}
    />
  );
}
