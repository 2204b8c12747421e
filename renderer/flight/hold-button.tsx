import { type ReactNode, useEffect, useRef, useState } from 'react';
import { RailButton } from '../ui/rail-button.tsx';
import styles from './hold-button.module.css';

type HoldButtonProps = {
  label: string;
  caption: string;
  tip: string;
  icon: ReactNode;
  holdMs: number;
  shortcut?: string | undefined;
  disabledReason: string | null;
  danger?: boolean;
  /** A key elsewhere that is held for the same. */
  isHeldElsewhere?: boolean;
  onHeld(): void;
};

/**
 * Does something only when it was held: a tap or a slip does nothing. Leaving it, or losing the window,
 * lets go. What is dangerous is never one key's doing, however long it is down: it wants Shift as well.
 */
export function HoldButton(props: HoldButtonProps) {
  const {
    holdMs,
    disabledReason,
    danger = false,
    isHeldElsewhere = false,
    onHeld,
    ...rest
  } = props;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [held, setHeld] = useState(false);
  const isOff = disabledReason !== null;

  const letGo = () => {
    clearTimeout(timer.current);
    timer.current = undefined;
    setHeld(false);
  };
  const hold = () => {
    if (isOff || timer.current !== undefined) return;
    setHeld(true);
    timer.current = setTimeout(() => {
      letGo();
      onHeld();
    }, holdMs);
  };
  useEffect(() => {
    const leave = () => {
      clearTimeout(timer.current);
      timer.current = undefined;
      setHeld(false);
    };
    window.addEventListener('blur', leave);
    return () => {
      window.removeEventListener('blur', leave);
      clearTimeout(timer.current);
    };
  }, []);

  return (
    <RailButton
      {...rest}
      disabledReason={disabledReason}
      className={[styles.hold, danger ? styles.danger : ''].filter(Boolean).join(' ')}
      data-held={held || isHeldElsewhere}
      data-hold={holdMs}
      onPointerDown={(event) => {
        if (event.button === 0) hold();
      }}
      onPointerUp={letGo}
      onPointerLeave={letGo}
      onPointerCancel={letGo}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.repeat && (!danger || event.shiftKey)) hold();
      }}
      onKeyUp={letGo}
      onBlur={letGo}
    />
  );
}
