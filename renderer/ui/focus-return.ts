import { useRef } from 'react';

let returning = false;

/** Gives focus back to where it was, without the tooltip that a visit by keyboard opens. */
export function returnFocus(element: Element | null): void {
  if (!(element instanceof HTMLElement) || !element.isConnected) return;
  returning = true;
  element.focus();
  returning = false;
}

/** Whether the focus that just came was only given back. */
export function isFocusReturning(): boolean {
  return returning;
}

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
      const field = dialog.querySelector<HTMLElement>('[data-first-field]');
      (field ?? dialog).focus();
    },
    onCloseAutoFocus(event: Event) {
      event.preventDefault();
      returnFocus(before.current);
    },
  };
}
