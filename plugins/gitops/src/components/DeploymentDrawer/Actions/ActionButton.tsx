import { Button, Tooltip, TooltipTrigger } from '@backstage/ui';
import { type ReactElement, useId } from 'react';
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
  const reasonId = useId();
  const off = whyOff
    ? { 'aria-disabled': true, 'aria-describedby': reasonId }
    : {};
  return (
    <>
      <TooltipTrigger delay={200} isDisabled={!whyOff}>
        <Button
          size="small"
          variant={isMain && !whyOff ? 'primary' : 'secondary'}
          className={whyOff ? styles.off : ''}
          iconStart={icon}
          isPending={isPending}
          onPress={() => (whyOff ? onOff(whyOff) : onPress())}
          // Not `isDisabled`, with which nobody would get to the reason.
          render={button => <button {...button} {...off} type="button" />}
        >
          {children}
        </Button>
        <Tooltip>{whyOff}</Tooltip>
      </TooltipTrigger>
      <span id={reasonId} hidden>
        {whyOff}
      </span>
    </>
  );
}
