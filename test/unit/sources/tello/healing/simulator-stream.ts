import {
  Encoder,
  type EncoderOptions,
} from '../../../../../electron/simulator/bitstream/encoder.ts';
import { TelloShape } from '../../../../../electron/simulator/bitstream/tello-shape.ts';
import { paintLandscape } from '../../../../../electron/simulator/picture/landscape.ts';
import { paintPicture } from '../../../../../electron/simulator/picture/picture.ts';

/** The NAL units that the simulated drone sends in `count` pictures, without its clock: the same on every run. */
export async function simulatorNals(
  options: Omit<EncoderOptions, 'slices' | 'keyframeInterval'>,
  count: number,
  seed = 1,
): Promise<Uint8Array[]> {
  const { width, height, fps } = options;
  const landscape = await paintLandscape(width, height, seed, new AbortController().signal);
  const encoder = await Encoder.open({ ...options, slices: 1, keyframeInterval: 30 });
  const shape = new TelloShape();
  const nals: Uint8Array[] = [];
  try {
    for (let frame = 0; frame < count; frame++) {
      const timeMs = (frame * 1_000) / fps;
      paintPicture(encoder.planes, width, height, landscape, timeMs, { frame, timeMs });
      nals.push(...shape.shape(encoder.encode()));
    }
  } finally {
    encoder.dispose();
  }
  return nals;
}
