import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { closeShortcut } from '../../shared/commands.ts';
import { Button } from './button.tsx';
import styles from './drawer.module.css';
import { useFocusReturn } from './focus-return.ts';

type DrawerProps = {
  open: boolean;
  title: string;
  onClose(): void;
  children: ReactNode;
};

/** A panel beside the picture. Not modal: the picture goes on, and so does every control. */
export function Drawer({ open, title, onClose, children }: DrawerProps) {
  const focusReturn = useFocusReturn();
  return (
    <Dialog.Root open={open} modal={false} onOpenChange={(next) => next || onClose()}>
      <Dialog.Content
        className={styles.drawer}
        aria-describedby={undefined}
        onInteractOutside={(event) => event.preventDefault()}
        {...focusReturn}
      >
        <div className={styles.header}>
          <Dialog.Title className={styles.title}>{title}</Dialog.Title>
          <Button
            label={`Close ${title.toLowerCase()}`}
            icon={<X />}
            shortcut={closeShortcut.key}
            tipSide="bottom"
            onClick={onClose}
          />
        </div>
        <div className={styles.body}>{children}</div>
      </Dialog.Content>
    </Dialog.Root>
  );
}
