import { mixed, type Rgb } from './colours.ts';
import { step } from './noise.ts';

const ORANGE: Rgb = { r: 232, g: 118, b: 46 };
const WHITE: Rgb = { r: 240, g: 238, b: 230 };
const RADIUS_M = 0.45;
const RING_M = 0.06;
/** Half the height, half the width and half the stroke of the H. */
const LETTER_M = { height: 0.2, width: 0.14, stroke: 0.035 };
const EDGE_M = 0.015;
/** The mission pads around it: dark squares with a white arrow ahead, in a ring. */
const PADS = { count: 8, ringM: 1.2, halfM: 0.1 };
const PAD: Rgb = { r: 58, g: 62, b: 96 };

/** The ground with the landing pad on it, an orange disc with a white ring and an H; places in metres from its middle. */
export function withPad(ground: Rgb, xM: number, zM: number): Rgb {
  const way = Math.hypot(xM, zM);
  if (Math.abs(way - PADS.ringM) < 2 * PADS.halfM) return withMissionPad(ground, xM, zM);
  if (way > RADIUS_M + EDGE_M) return ground;
  const isRing = way > RADIUS_M - 2 * RING_M && way < RADIUS_M - RING_M;
  const { height, width, stroke } = LETTER_M;
  const isUpright = Math.abs(Math.abs(xM) - width + stroke) < stroke && Math.abs(zM) < height;
  const isBar = Math.abs(zM) < stroke && Math.abs(xM) < width;
  const paint = isRing || isUpright || isBar ? WHITE : ORANGE;
  return mixed(paint, ground, step(RADIUS_M - EDGE_M, RADIUS_M + EDGE_M, way));
}

function withMissionPad(ground: Rgb, xM: number, zM: number): Rgb {
  const step = (2 * Math.PI) / PADS.count;
  const angle = Math.round(Math.atan2(xM, zM) / step) * step;
  const x = xM - PADS.ringM * Math.sin(angle);
  const z = zM - PADS.ringM * Math.cos(angle);
  if (Math.abs(x) > PADS.halfM || Math.abs(z) > PADS.halfM) return ground;
  const isArrow = Math.abs(x) < 0.6 * (0.6 * PADS.halfM - z) && z > -0.5 * PADS.halfM;
  return isArrow ? WHITE : PAD;
}
