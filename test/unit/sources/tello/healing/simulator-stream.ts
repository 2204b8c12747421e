import {
  Encoder,
  type EncoderOptions,
} from '../../../../../electron/simulator/bitstream/encoder.ts';
import { TelloShape } from '../../../../../electron/simulator/bitstream/tello-shape.ts';
import { tourPainter } from '../../../../support/tour-painter.ts';

/** The NAL units that the simulated drone sends in `count` pictures, without its clock: the same on every run. */
export async function simulatorNals(
  options: Omit<EncoderOptions, 'slices' | 'keyframeInterval'>,
  count: number,
  seed = 1,
): Promise<Uint8Array[]> {
  const { width, height, fps } = options;
  const paint = await tourPainter(width, height, seed);
  const encoder = await Encoder.open({ ...options, slices: 1, keyframeInterval: 30 });
  const shape = new TelloShape();
  const nals: Uint8Array[] = [];
  try {
    for (let frame = 0; frame < count; frame++) {
      const timeMs = (frame * 1_000) / fps;
      paint(encoder.planes, timeMs, { frame, timeMs });
      nals.push(...shape.shape(encoder.encode()));
    }
  } finally {
    encoder.dispose();
  }
  return nals;
}
