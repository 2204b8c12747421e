import { useRef } from 'react';

/**
 * Props for a Radix dialog that a key or a menu may open. Focus goes to the first field, else to the
 * dialog itself (not to its close button, whose tooltip would open); and back to where it was.
 */
export function useFocusReturn() {
  const before = useRef<Element | null>(null);
  return {
    onOpenAutoFocus(event: Event) {
      before.current = document.activeElement;
      const dialog = event.target;
      if (!(dialog instanceof HTMLElement)) return;
      event.preventDefault();
      const field = dialog.querySelector<HTMLElement>('[data-first-field], select');
      (field ?? dialog).focus();
    },
    onCloseAutoFocus(event: Event) {
      event.preventDefault();
      const target = before.current;
      if (target instanceof HTMLElement && target.isConnected) target.focus();
    },
  };
}
