import { Tooltip } from 'radix-ui';
import type { ReactElement } from 'react';
import styles from './tip.module.css';

type TipProps = {
  label: string;
  reason?: string | null;
  shortcut?: string | undefined;
  side?: 'top' | 'bottom' | 'left' | 'right';
  children: ReactElement;
};

/** A tooltip: the control's name and key, or why it is off. */
export function Tip({ label, reason = null, shortcut, side = 'top', children }: TipProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className={styles.tip} side={side} sideOffset={10} collisionPadding={8}>
          <span>{reason ?? label}</span>
          {shortcut && reason === null ? <kbd className={styles.key}>{shortcut}</kbd> : null}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
