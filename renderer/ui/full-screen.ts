import { say } from '../words/language.ts';
import type { Toasts } from './toasts.ts';

/** Fills the screen with the page, or gives the screen back. Says so where a browser does not do it. */
export async function toggleFullScreen(toasts: Toasts): Promise<void> {
  try {
    if (document.fullscreenElement !== null) await document.exitFullscreen();
    // Safari on a phone has no such method at all.
    else if (document.fullscreenEnabled) await document.documentElement.requestFullscreen();
    else throw new TypeError('not offered');
  } catch (error) {
    console.warn('Hoverdeck: no full screen.', error);
    toasts.show({
      key: 'full-screen',
      tone: 'neutral',
      title: say().live.noFullScreen,
      detail: say().live.noFullScreenDetail,
    });
  }
}
