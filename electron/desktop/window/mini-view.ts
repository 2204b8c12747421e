import type { BrowserWindow, Rectangle } from 'electron';

/** A 4:3 picture that leaves room for the work beneath it. */
const MINI_SIZE = { width: 480, height: 400 } as const;
/** Windows in mini view, and where they go back to. */
const former = new WeakMap<BrowserWindow, Rectangle>();

/** Makes the window small and keeps it above others, or puts it back to where and how it was. */
export function setMiniView(window: BrowserWindow, on: boolean): void {
  const back = former.get(window);
  if (on === (back !== undefined)) return;
  if (back === undefined) {
    if (window.isFullScreen()) window.setFullScreen(false);
    const bounds = window.getNormalBounds();
    former.set(window, bounds);
    window.setAlwaysOnTop(true, 'floating');
    window.setBounds({ x: bounds.x, y: bounds.y, ...MINI_SIZE });
    return;
  }
  former.delete(window);
  window.setAlwaysOnTop(false);
  window.setBounds(back);
}

export function isMiniView(window: BrowserWindow): boolean {
  return former.has(window);
}

/** Where the window lives when it is neither small, maximised nor full screen. */
export function homeBounds(window: BrowserWindow): Rectangle {
  return former.get(window) ?? window.getNormalBounds();
}
