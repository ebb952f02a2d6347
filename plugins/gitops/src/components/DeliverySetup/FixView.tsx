import { type Fix } from '@callboard/backstage-plugin-gitops-common';
import { ExternalLink } from '../common/ExternalLink';
import { Snippet } from '../common/Snippet';
import styles from './FixView.module.css';

/** What to do: words, something to paste, and where to read on. */
export function FixView({ fix }: { fix: Fix }) {
  const { text, snippets = [], link } = fix;
  return (
    <div className={styles.fix}>
      <p className={styles.text}>{text}</p>
      {snippets.map(({ place, text: pasted }, index) => (
        <div key={place + pasted}>
          <p className={styles.place}>
            {index > 0 && 'or in '}
            {place}
          </p>
          <Snippet text={pasted} label={`For ${place}`} />
        </div>
      ))}
      {link && <ExternalLink href={link.url}>{link.title}</ExternalLink>}
    </div>
  );
}
