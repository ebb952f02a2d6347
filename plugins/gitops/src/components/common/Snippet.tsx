import { Button } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { useState } from 'react';
import styles from './Snippet.module.css';

/** A text to paste somewhere. */
export function Snippet({ text, label }: { text: string; label: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = () => {
    navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <figure className={styles.snippet} aria-label={label}>
      {/* Scrollable content has to be reachable by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={styles.text} tabIndex={0}>
        {text}
      </pre>
      <Button
        className={styles.copy}
        size="small"
        variant="secondary"
        iconStart={isCopied ? <RiCheckLine /> : <RiFileCopyLine />}
        onPress={copy}
      >
        {isCopied ? 'Copied' : 'Copy'}
      </Button>
    </figure>
  );
}
