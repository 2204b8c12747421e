import { z } from 'zod';

const rectangleSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});
export type Rectangle = z.infer<typeof rectangleSchema>;

export const savedWindowSchema = rectangleSchema.extend({ maximized: z.boolean() });
/** Where the window was when it was last seen, in device-independent pixels. */
export type SavedWindow = z.infer<typeof savedWindowSchema>;

/** A 4:3 drone picture with its controls beside it, on the smallest common laptop. */
export const DEFAULT_SIZE = { width: 1200, height: 800 } as const;
/** Below this a picture between its controls is a stamp. */
export const MINIMUM_SIZE = { width: 480, height: 400 } as const;
/** So much of the top edge must lie on a screen that a hand can get hold of the window. */
const GRIP = { width: 120, height: 32 } as const;

export type Placement = { bounds: Rectangle; maximized: boolean };

/**
 * Where to put the window: where it was, if its top edge can still be reached there, trimmed to the
 * screen it is on; otherwise in the middle of the first screen.
 * `screens` are work areas, the primary one first; there is at least one.
 */
export function placeWindow(saved: SavedWindow | null, screens: readonly Rectangle[]): Placement {
  const home = saved === null ? undefined : screens.find((screen) => canGrip(saved, screen));
  if (saved === null || home === undefined) {
    const primary = screens[0] ?? { x: 0, y: 0, ...DEFAULT_SIZE };
    return {
      bounds: centred(saved ?? DEFAULT_SIZE, primary),
      maximized: saved?.maximized ?? false,
    };
  }
  const { width, height } = trimmed(saved, home);
  return { bounds: { x: saved.x, y: saved.y, width, height }, maximized: saved.maximized };
}

function canGrip(window: Rectangle, screen: Rectangle): boolean {
  const visible =
    Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x);
  const gripTop = window.y - screen.y;
  return visible >= GRIP.width && gripTop >= 0 && gripTop <= screen.height - GRIP.height;
}

function centred(size: { width: number; height: number }, screen: Rectangle): Rectangle {
  const { width, height } = trimmed(size, screen);
  return {
    x: screen.x + Math.floor((screen.width - width) / 2),
    y: screen.y + Math.floor((screen.height - height) / 2),
    width,
    height,
  };
}

function trimmed(size: { width: number; height: number }, screen: Rectangle) {
  return {
    width: Math.min(Math.max(size.width, MINIMUM_SIZE.width), screen.width),
    height: Math.min(Math.max(size.height, MINIMUM_SIZE.height), screen.height),
  };
}
