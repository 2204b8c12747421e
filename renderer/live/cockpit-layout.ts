/** Where everything is: computed from the window and the shape of the picture, and from nothing else. */

type Size = { width: number; height: number };
type Box = Size & { x: number; y: number };

/**
 * `rails`: the controls stand beside the picture. `edges`: the picture fills the window, and the controls
 * lie on its edges, where they fade. `stack`: picture above, controls below.
 */
export type Arrangement = 'rails' | 'edges' | 'stack';

export type CockpitLayout = {
  arrangement: Arrangement;
  /** How much larger than on a laptop everything is drawn. */
  unit: number;
  picture: Box;
  /** Width of the room at each side of the picture. */
  railWidth: number;
  /** What a rail has room for: icons, icons with their names, figures and thumbnails as well. */
  rail: 'narrow' | 'named' | 'wide';
  height: 'short' | 'regular' | 'tall';
};

/** The window at which everything has its natural size. */
const NATURAL: Size = { width: 1280, height: 800 };
/** Everything still stands in this one. */
const SMALLEST: Size = { width: 360, height: 390 };
/** On a television across the room, text of twice the size is enough. */
const MAX_UNIT = 2;
/** A target of 44 and four at each side. */
const MIN_RAIL = 52;
/** Names of controls need this much, figures and thumbnails that much. */
const NAMED_RAIL = 88;
const WIDE_RAIL = 150;
/** In a stack: the line of words above the picture, and two rows of controls under it. */
const HEADER = 44;
const DOCK = 128;
/** Wider pictures than this were made to fill a screen; a drone's 4:3 is never covered. */
const WIDE_ASPECT = 1.5;
const SHORT = 440;
const TALL = 700;

/** A drone's picture, and what is assumed of a camera until its first picture is there. */
export const DRONE_ASPECT = 4 / 3;
export const CAMERA_ASPECT = 16 / 9;

/**
 * `aspect` is the picture's width over its height, as turned for the eye; `wish` how much larger than
 * usual somebody wants everything, as far as the window has room.
 */
export function layOut(window: Size, aspect: number, wish = 1): CockpitLayout {
  const fitting = Math.min(window.width / SMALLEST.width, window.height / SMALLEST.height);
  const usual = clamp(
    Math.min(window.width / NATURAL.width, window.height / NATURAL.height),
    1,
    MAX_UNIT,
  );
  const unit = wish > 1 ? clamp(usual * wish, usual, Math.max(usual, fitting)) : usual * wish;
  const beside = inscribe(
    { x: MIN_RAIL * unit, y: 0, width: window.width - 2 * MIN_RAIL * unit, height: window.height },
    aspect,
  );
  const above = inscribe(
    { x: 0, y: HEADER * unit, width: window.width, height: window.height - (HEADER + DOCK) * unit },
    aspect,
    'top',
  );
  const whole = inscribe({ x: 0, y: 0, ...window }, aspect);
  const found = (arrangement: Arrangement, picture: Box): CockpitLayout => ({
    arrangement,
    unit,
    picture,
    railWidth: arrangement === 'rails' ? picture.x : MIN_RAIL * unit,
    rail: railRoom(arrangement, picture.x / unit),
    height: heightRoom(window.height / unit),
  });
  if (above.width > beside.width) return found('stack', above);
  const covered = whole.width > beside.width + 1;
  return covered && aspect > WIDE_ASPECT ? found('edges', whole) : found('rails', beside);
}

function inscribe(room: Box, aspect: number, vertically: 'middle' | 'top' = 'middle'): Box {
  const width = Math.max(0, Math.min(room.width, room.height * aspect));
  const height = width / aspect;
  return {
    x: room.x + (room.width - width) / 2,
    y: room.y + (vertically === 'top' ? 0 : (room.height - height) / 2),
    width,
    height,
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function railRoom(arrangement: Arrangement, units: number): CockpitLayout['rail'] {
  if (arrangement === 'edges') return 'narrow';
  if (arrangement === 'stack') return 'named';
  if (units >= WIDE_RAIL) return 'wide';
  return units >= NAMED_RAIL ? 'named' : 'narrow';
}

function heightRoom(units: number): CockpitLayout['height'] {
  if (units < SHORT) return 'short';
  return units < TALL ? 'regular' : 'tall';
}
