import { tell } from '../../base/output.ts';
import type { MainWindow } from './main-window.ts';

/** `build/setup/open-window.mjs` waits for this line: before it, Electron may still turn out unable to run here. */
const WINDOW_IS_OPEN = 'Hoverdeck’s window is open.';

/** Says once, on stdout, that there is a window to look at. */
export function announceWindow(window: MainWindow): void {
  let told = false;
  window.onOpen((opened) => {
    opened.once('ready-to-show', () => {
      if (told) return;
      told = true;
      tell('stdout', `${WINDOW_IS_OPEN}\n`);
    });
  });
}
