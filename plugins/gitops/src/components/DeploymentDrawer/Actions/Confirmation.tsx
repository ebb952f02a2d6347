import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import { type ReactNode } from 'react';
import { explainRefusal } from '../../../presentation/errors';
import styles from './Confirmation.module.css';

/** Asks before something happens. It stays where the backend refuses, and says why. */
export function Confirmation(props: {
  title: string;
  /** What the button says that makes it happen. */
  word: string;
  isDestructive?: boolean;
  isReady: boolean;
  order: { readonly isPending: boolean; readonly error: unknown };
  confirm(): void;
  close(): void;
  children: ReactNode;
}) {
  const { title, word, isDestructive, isReady, order, confirm, close } = props;
  return (
    <Dialog
      className={styles.dialog}
      width={640}
      isOpen
      onOpenChange={isOpen => !isOpen && close()}
    >
      <DialogHeader>{title}</DialogHeader>
      <DialogBody className={styles.body}>
        {props.children}
        {order.error !== null && (
          <Alert
            role="alert"
            status="danger"
            icon
            title="It was not started"
            description={explainRefusal(order.error)}
          />
        )}
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={close}>
          Cancel
        </Button>
        <Button
          variant="primary"
          destructive={isDestructive}
          isDisabled={!isReady}
          isPending={order.isPending}
          onPress={confirm}
        >
          {word}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
