import { Button, Tooltip, TooltipTrigger } from '@backstage/ui';
import { type ReactElement } from 'react';
import { HiddenText } from '../../common/HiddenText';
import styles from './ActionBar.module.css';

/**
 * A button that can be off. It stays reachable then, since it has to say why:
 * in a tooltip, to screen readers, and when it is pressed.
 */
export function ActionButton(props: {
  icon: ReactElement;
  isMain?: boolean;
  isPending?: boolean;
  whyOff?: string;
  onPress(): void;
  onOff(reason: string): void;
  children: string;
}) {
  const { icon, isMain, isPending, whyOff, onPress, onOff, children } = props;
  if (!whyOff) {
    return (
      <Button
        size="small"
        variant={isMain ? 'primary' : 'secondary'}
        iconStart={icon}
        isPending={isPending}
        onPress={onPress}
      >
        {children}
      </Button>
    );
  }
  return (
    <TooltipTrigger delay={200}>
      <Button
        size="small"
        variant="secondary"
        className={styles.off}
        iconStart={icon}
        onPress={() => onOff(whyOff)}
        // Not `isDisabled`, with which nobody would get to the reason.
        render={({ children: content, ...button }) => (
          <button {...button} aria-disabled="true">
            {content}
            <HiddenText>{` – off: ${whyOff}`}</HiddenText>
          </button>
        )}
      >
        {children}
      </Button>
      <Tooltip>{whyOff}</Tooltip>
    </TooltipTrigger>
  );
}
