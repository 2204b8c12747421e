import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { closeShortcut } from '../../shared/commands.ts';
import { say } from '../words/language.ts';
import { Button } from './button.tsx';
import { useFocusReturn } from './focus-return.ts';
import styles from './sheet.module.css';

type SheetProps = {
  open: boolean;
  title: string;
  /** One sentence under the title. */
  description: string;
  onClose(): void;
  children: ReactNode;
};

/**
 * A modal question or explanation. Radix's own overlay is not used: its scroll lock writes a <style>
 * element, which the CSP refuses, and nothing here scrolls.
 */
export function Sheet({ open, title, description, onClose, children }: SheetProps) {
  const focusReturn = useFocusReturn();
  return (
    <Dialog.Root open={open} onOpenChange={(next) => next || onClose()}>
      <Dialog.Portal>
        {open ? <div className={styles.scrim} /> : null}
        <Dialog.Content className={styles.sheet} aria-modal={true} {...focusReturn}>
          <div className={styles.header}>
            <Dialog.Title className={styles.title}>{title}</Dialog.Title>
            <Button
              label={say().ui.close}
              icon={<X />}
              shortcut={closeShortcut.key}
              tipSide="bottom"
              onClick={onClose}
            />
          </div>
          <Dialog.Description className={styles.description}>{description}</Dialog.Description>
          <div className={styles.body}>{children}</div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
