import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { KeyboardEvent, ReactNode } from 'react';
import { closeShortcut } from '../../shared/commands.ts';
import { Button } from './button.tsx';
import styles from './drawer.module.css';
import { useFocusReturn } from './focus-return.ts';

type DrawerProps = {
  open: boolean;
  title: string;
  /** The name of its close button. */
  closeLabel: string;
  onClose(): void;
  children: ReactNode;
};

/** Radix leads Tab round in circles, which is right for a modal dialog and not for this. */
function letTabLeave(event: KeyboardEvent): void {
  if (event.key === 'Tab') event.stopPropagation();
}

/** A panel beside the picture. Not modal: the picture goes on, and so does every control. */
export function Drawer({ open, title, closeLabel, onClose, children }: DrawerProps) {
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
            label={closeLabel}
            icon={<X />}
            shortcut={closeShortcut.key}
            tipSide="bottom"
            onClick={onClose}
          />
        </div>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: nothing is added, a habit of Radix is taken away. */}
        <div className={styles.body} onKeyDown={letTabLeave}>
          {children}
        </div>
      </Dialog.Content>
    </Dialog.Root>
  );
}
