import { useEffect } from 'react';
import { useDeck } from './station/deck.ts';
import { usePanels } from './ui/panels.ts';

/**
 * Where a screen has taken its focused control away with it, focus goes to the screen that came, which
 * bears `data-focus-home`, and not to the page's beginning.
 */
export function useFocusHome(): void {
  const { station } = useDeck();
  const panels = usePanels();
  useEffect(() => {
    let frame = 0;
    const look = () => {
      cancelAnimationFrame(frame);
      // Once the screens have changed.
      frame = requestAnimationFrame(() => {
        if (document.activeElement !== document.body) return;
        document.querySelector<HTMLElement>('[data-focus-home]')?.focus({ preventScroll: true });
      });
    };
    const stops = [
      station.subscribe((now, before) => {
        if (now.status?.state !== before.status?.state || now.link !== before.link) look();
      }),
      panels.store.subscribe(look),
    ];
    return () => {
      cancelAnimationFrame(frame);
      for (const stop of stops) stop();
    };
  }, [station, panels]);
}
