import type { CameraMode } from '../../../../shared/cameras.ts';
import type { WantedMode } from '../channel.ts';

/** Without a wish: no more pixels than this, since a live view gains delay and nothing else by more. */
const DEFAULT_PIXELS = 1280 * 720;
/** Without a wish: rather a smaller picture than one that stutters. */
const FLUENT_FPS = 24;
/** Without a wish: twice the rate would be twice the work of everybody behind it. */
const DEFAULT_FPS = 30;
/** 29.97 is what a camera calls 30. */
const FPS_TOLERANCE = 0.5;

/**
 * Whether a driver opened something else than was wanted: it may quietly change size and rate, which is
 * a refusal. A rate of 0 means that it does not say.
 */
export function isOtherMode(
  wanted: WantedMode,
  opened: { width: number; height: number; fps: number },
): boolean {
  return (
    wanted.width !== opened.width ||
    wanted.height !== opened.height ||
    (opened.fps > 0 && opened.fps < wanted.fps - FPS_TOLERANCE)
  );
}

/**
 * The mode to open: the wanted one in the camera's best format, or a good one where nothing is
 * wanted. Undefined when the camera does not offer what is wanted, or tells no modes.
 */
export function chooseMode(
  modes: readonly CameraMode[],
  wanted: WantedMode | undefined,
): CameraMode | undefined {
  if (wanted === undefined) {
    const good = modes.toSorted(byDefault)[0];
    return good === undefined ? undefined : { ...good, fps: Math.min(good.fps, DEFAULT_FPS) };
  }
  const { width, height, fps } = wanted;
  const fitting = modes
    .filter((mode) => mode.width === width && mode.height === height)
    .filter((mode) => mode.fps >= fps - FPS_TOLERANCE)
    .toSorted(byFormat)[0];
  // `fps` of a listed mode is the fastest of that size; slower ones are offered with it.
  return fitting === undefined ? undefined : { ...fitting, fps: Math.min(fps, fitting.fps) };
}

function byDefault(a: CameraMode, b: CameraMode): number {
  return defaultScore(b) - defaultScore(a) || byFormat(a, b);
}

function defaultScore(mode: CameraMode): number {
  const pixels = mode.width * mode.height;
  const fluent = mode.fps >= FLUENT_FPS ? 2 : 0;
  // Too large counts less the larger it is; else the larger the better.
  const size = pixels <= DEFAULT_PIXELS ? pixels / DEFAULT_PIXELS : -pixels / DEFAULT_PIXELS;
  return fluent * 2 + size + Math.min(mode.fps, DEFAULT_FPS) / 1_000;
}

const FORMAT_RANK = ['mjpeg', 'yuv420p', 'nv12', 'yuyv422', 'uyvy422', 'yuv422p'];

/** MJPEG passes through; among the raw ones, those nearest to what the encoder takes cost least. */
function byFormat(a: CameraMode, b: CameraMode): number {
  return formatRank(a.format) - formatRank(b.format);
}

function formatRank(format: string): number {
  const rank = FORMAT_RANK.indexOf(format);
  return rank === -1 ? FORMAT_RANK.length : rank;
}

/** `1280×720 at 30 fps`. */
export function modeWords(mode: WantedMode): string {
  return `${mode.width}×${mode.height} at ${Math.round(mode.fps * 10) / 10} fps`;
}
