import { type RefObject, useEffect } from 'react';

/** Long enough to find a control, short enough to leave the picture alone. */
const SLEEPS_AFTER_MS = 3_000;
const SIGNS_OF_LIFE = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const;

/** Marks an element with `data-asleep` while nobody moved for a while. No view is rendered for that. */
export function useAwake(element: RefObject<HTMLElement | null>, enabled: boolean): void {
  useEffect(() => {
    const root = element.current;
    if (!enabled || root === null) return;
    let timer: ReturnType<typeof setTimeout>;
    const wake = () => {
      clearTimeout(timer);
      delete root.dataset.asleep;
      timer = setTimeout(() => {
        root.dataset.asleep = '';
      }, SLEEPS_AFTER_MS);
    };
    wake();
    for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, wake, { passive: true });
    return () => {
      clearTimeout(timer);
      delete root.dataset.asleep;
      for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, wake);
    };
  }, [element, enabled]);
}
