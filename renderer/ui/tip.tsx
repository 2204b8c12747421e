import { Tooltip } from 'radix-ui';
import { createContext, type ReactElement, use } from 'react';
import styles from './tip.module.css';

export type TipSide = 'top' | 'bottom' | 'left' | 'right';

/** To which side the tooltips of a part of the page open: away from the edge it stands at. */
export const TipSideContext = createContext<TipSide>('top');

/** A tooltip takes the Escape that was meant for what lies under it: it is passed on once the tooltip is gone. */
function escapeOnce(): void {
  setTimeout(() => {
    const below = document.querySelector('[role="dialog"], [role="menu"]');
    below?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  });
}

type TipProps = {
  label: string;
  reason?: string | null;
  shortcut?: string | undefined;
  side?: TipSide | undefined;
  children: ReactElement;
};

/** A tooltip: the control's name and key, or why it is off. */
export function Tip({ label, reason = null, shortcut, side, children }: TipProps) {
  const usualSide = use(TipSideContext);
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content
          className={styles.tip}
          side={side ?? usualSide}
          sideOffset={8}
          collisionPadding={8}
          onEscapeKeyDown={escapeOnce}
        >
          <span>{reason ?? label}</span>
          {shortcut && reason === null ? <kbd className={styles.key}>{shortcut}</kbd> : null}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
