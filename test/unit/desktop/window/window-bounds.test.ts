import { describe, expect, it } from 'vitest';
import {
  DEFAULT_SIZE,
  MINIMUM_SIZE,
  placeWindow,
} from '../../../../electron/desktop/window/window-bounds.ts';

const laptop = { x: 0, y: 25, width: 1440, height: 875 };
const leftOfIt = { x: -1920, y: 0, width: 1920, height: 1080 };

describe('placing the window', () => {
  it('begins in the middle of the first screen', () => {
    const { bounds, maximized } = placeWindow(null, [laptop, leftOfIt]);
    expect(bounds).toEqual({ x: 120, y: 62, ...DEFAULT_SIZE });
    expect(maximized).toBe(false);
  });

  it('begins no larger than a small screen', () => {
    const small = { x: 0, y: 0, width: 800, height: 480 };
    expect(placeWindow(null, [small]).bounds).toEqual(small);
  });

  it('comes back to a second screen, negative coordinates included', () => {
    const saved = { x: -1800, y: 100, width: 1000, height: 700, maximized: true };
    expect(placeWindow(saved, [laptop, leftOfIt])).toEqual({
      bounds: { x: -1800, y: 100, width: 1000, height: 700 },
      maximized: true,
    });
  });

  it('keeps its size and comes home when its screen is gone', () => {
    const saved = { x: -1800, y: 100, width: 1000, height: 700, maximized: false };
    expect(placeWindow(saved, [laptop]).bounds).toEqual({
      x: 220,
      y: 112,
      width: 1000,
      height: 700,
    });
  });

  it.each([
    ['above the screen', { x: 100, y: -40 }],
    ['under the menu bar', { x: 100, y: 10 }],
    ['below the screen', { x: 100, y: 890 }],
    ['too far to the right', { x: 1400, y: 100 }],
    ['too far to the left', { x: -950, y: 100 }],
  ])('comes home from %s, where no hand could reach it', (_where, corner) => {
    const saved = { ...corner, width: 1000, height: 700, maximized: false };
    const { bounds } = placeWindow(saved, [laptop]);
    expect(bounds.x).toBe(220);
    expect(bounds.y).toBe(112);
  });

  it('stays where enough of its top edge can be seen', () => {
    const saved = { x: -800, y: 860, width: 1000, height: 700, maximized: false };
    expect(placeWindow(saved, [laptop]).bounds).toMatchObject({ x: -800, y: 860 });
  });

  it('is trimmed to its screen and never too small to use', () => {
    const huge = { x: 0, y: 25, width: 9000, height: 9000, maximized: false };
    expect(placeWindow(huge, [laptop]).bounds).toEqual(laptop);
    const tiny = { x: 0, y: 25, width: 200, height: 50, maximized: false };
    expect(placeWindow(tiny, [laptop]).bounds).toMatchObject(MINIMUM_SIZE);
  });
});
