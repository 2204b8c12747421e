import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { type BrowserWindow, screen } from 'electron';
import { log } from '../system/desktop-log.ts';
import { homeBounds } from './mini-view.ts';
import {
  type Placement,
  placeWindow,
  type SavedWindow,
  savedWindowSchema,
} from './window-bounds.ts';

/** Dragging sends a flood of events; the disk hears of the last one. */
const SETTLE_MS = 500;

/** Reads where the window was and finds it a place on the screens there are now. */
export function recallPlacement(file: string): Placement {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
  return placeWindow(
    read(file),
    [primary, ...others].map((display) => display.workArea),
  );
}

/** Writes down where the window is whenever it has been moved, and once more when it closes. */
export function rememberPlacement(window: BrowserWindow, file: string): void {
  let timer: NodeJS.Timeout | null = null;
  const save = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    write(file, { ...homeBounds(window), maximized: window.isMaximized() });
  };
  const saveSoon = () => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(save, SETTLE_MS);
  };
  window.on('resize', saveSoon);
  window.on('move', saveSoon);
  window.on('close', save);
}

function read(file: string): SavedWindow | null {
  try {
    return savedWindowSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Not there yet, or not ours: the window opens where a first one would.
    return null;
  }
}

function write(file: string, saved: SavedWindow): void {
  try {
    const fresh = `${file}.new`;
    writeFileSync(fresh, JSON.stringify(saved));
    renameSync(fresh, file);
  } catch (error) {
    log.error('The window’s place could not be kept', error);
  }
}
