import type { Planes } from '../../electron/simulator/bitstream/encoder.ts';
import { writeOver } from '../../electron/simulator/picture/overlay.ts';
import type { PictureCode } from '../../electron/simulator/picture/picture-code.ts';
import { tourPose } from '../../electron/simulator/picture/pose.ts';
import { View } from '../../electron/simulator/picture/view.ts';
import { paintWorld } from '../../electron/simulator/picture/world.ts';

/** Paints pictures of the simulator's round, with the code in them: the same on every run. */
export async function tourPainter(
  width: number,
  height: number,
  seed = 1,
): Promise<(planes: Planes, atMs: number, code: PictureCode) => void> {
  const world = await paintWorld(seed, new AbortController().signal);
  const view = new View(width, height);
  return (planes, atMs, code) => {
    view.paint(planes, world, tourPose(atMs), atMs);
    writeOver(planes, width, height, code);
  };
}
